namespace Fairlead.EndToEnd.Staging;

/// <summary>Servers that no package has, as scripts beside these tests.</summary>
internal static class PythonScript
{
    /// <summary>Debian's, which has the modules that they need; another one in the PATH may not.</summary>
    public const string Program = "/usr/bin/python3";

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".py");
}
