using System.Runtime.CompilerServices;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Release;

/// <summary>What release.sh has made of the binary under test. A missing one is a failure, never a skip.</summary>
internal static class ReleaseFolder
{
    /// <summary>The project's address that it was made with.</summary>
    public const string Url = "https://example.org/fairlead";

    private const string Hint = $"make it first: RepositoryUrl={Url} ./release.sh --dirty --binary artifacts/fairlead --output artifacts/test-release";

    private static readonly string Path = Environment.GetEnvironmentVariable("FAIRLEAD_RELEASE") ?? Repository("artifacts/test-release");

    /// <summary>The version that its files have in their names.</summary>
    public static string Version { get; } = Bill[(Bill.LastIndexOf("/fairlead-", StringComparison.Ordinal) + 10)..^".cdx.json".Length];

    public static string Bill => Only("fairlead-*.cdx.json");

    public static string Tar => Only("fairlead-*-linux-x86_64.tar.gz");

    public static string Deb => Only("fairlead_*_amd64.deb");

    public static string Rpm => Only("fairlead-*.x86_64.rpm");

    public static string All => Directory.Exists(Path) ? Path : throw new DirectoryNotFoundException($"no release to test at {Path}: {Hint}");

    /// <param name="path">From the root of the sources.</param>
    public static string Repository(string path, [CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(thisFile, "../../../..", path));

    public static async Task<string> Ask(params string[] command) => (await Invocation.Of(command).Run()).Succeeded().Output;

    private static string Only(string pattern) => Directory.GetFiles(All, pattern) is [var file]
        ? file
        : throw new FileNotFoundException($"not one {pattern} in {All}: {Hint}");
}
