using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>The published binary under test. A missing one is a failure, never a skip: a green run must mean that it was run.</summary>
internal static class FairleadBinary
{
    public static string Path { get; } = Find();

    public static string Existing => File.Exists(Path)
        ? Path
        : throw new FileNotFoundException($"no fairlead to test at {Path}: publish it first, or name another one in FAIRLEAD_BINARY");

    /// <summary>Writes the program as a build of another commit: with other digits in the places where it names its own.</summary>
    public static async Task WriteAnotherBuild(string path)
    {
        Finished version = (await Invocation.Of(Existing, "--version").Run()).Succeeded();
        string commit = Regex.Match(version.Output, "[(]([0-9a-f]{12})[)]").Groups[1].Value;
        byte[] program = await File.ReadAllBytesAsync(Existing);
        byte[] its = Encoding.Unicode.GetBytes(commit);
        byte[] others = Encoding.Unicode.GetBytes("0123456789ab");
        int changed = 0;
        for (int at = 0; commit.Length > 0 && (at = program.AsSpan(at).IndexOf(its) + at) >= 0 && program.AsSpan(at).StartsWith(its); changed++)
        {
            others.CopyTo(program, at);
        }

        if (changed == 0)
        {
            throw new InvalidOperationException($"the program names no commit: {version.Output}");
        }

        await File.WriteAllBytesAsync(path, program);
    }

    private static string Find([CallerFilePath] string thisFile = "") =>
        Environment.GetEnvironmentVariable("FAIRLEAD_BINARY")
        ?? System.IO.Path.GetFullPath(System.IO.Path.Combine(thisFile, "../../../../artifacts/fairlead"));
}
