namespace Fairlead.Shell;

/// <summary>Finds programs as a shell does: the folders of a PATH in their order. Relative ones lead elsewhere from each folder, and do not count.</summary>
internal static class SearchPath
{
    /// <summary>What a login has before its files are read (USER_PATH of sshd, as Debian builds it).</summary>
    public const string Usual = "/usr/local/bin:/usr/bin:/bin";

    /// <param name="path">The value of PATH.</param>
    /// <returns>Every file of that name, the one that a shell would run first.</returns>
    public static IEnumerable<string> FindAll(string name, string path) =>
        path.Split(':').Where(folder => folder.StartsWith('/')).Select(folder => Path.Join(folder, name)).Where(File.Exists);

    /// <returns>Null when there is none.</returns>
    public static string? Find(string name, string path) => FindAll(name, path).FirstOrDefault();
}
