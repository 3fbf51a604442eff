namespace Fairlead.Files;

/// <summary>A file that is part of the executable (EmbeddedResource of the project).</summary>
internal static class EmbeddedFile
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> Names => typeof(EmbeddedFile).Assembly.GetManifestResourceNames();

    public static string Read(string name)
    {
        using Stream file = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
