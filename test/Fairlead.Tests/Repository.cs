using System.Runtime.CompilerServices;

namespace Fairlead.Tests;

/// <summary>The files beside the sources, which some tests read.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    /// <param name="path">From the root of the repository; empty for the root itself.</param>
    public static string PathOf(string path) => Path.Join(Root, path);

    private static string Find([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Join(Path.GetDirectoryName(thisFile), "../.."));
}
