using System.Runtime.CompilerServices;

namespace Fairlead.EndToEnd.Staging;

/// <summary>The published binary under test. A missing one is a failure, never a skip: a green run must mean that it was run.</summary>
internal static class FairleadBinary
{
    public static string Path { get; } = Find();

    public static string Existing => File.Exists(Path)
        ? Path
        : throw new FileNotFoundException($"no fairlead to test at {Path}: publish it first, or name another one in FAIRLEAD_BINARY");

    private static string Find([CallerFilePath] string thisFile = "") =>
        Environment.GetEnvironmentVariable("FAIRLEAD_BINARY")
        ?? System.IO.Path.GetFullPath(System.IO.Path.Combine(thisFile, "../../../../artifacts/fairlead"));
}
