using System.Runtime.CompilerServices;

namespace Fairlead.Tests;

/// <summary>
/// Compares a text with the file of that name in the folder "snapshots" beside the test. FAIRLEAD_UPDATE_SNAPSHOTS=1 writes the files anew, for
/// a person to read the difference.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual, [CallerFilePath] string test = "") =>
        MatchesFile(Path.Combine(Path.GetDirectoryName(test)!, "snapshots", name), actual);

    /// <summary>The same for a file that is not only a test's: a manual page, a picture.</summary>
    public static void MatchesFile(string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("FAIRLEAD_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : $"(there is no {file})", actual);
    }
}
