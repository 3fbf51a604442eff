using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Deploy;

/// <summary>A release, fairlead-VERSION-linux-ARCHITECTURE.tar.gz: its one top folder has the file's name, and the program is in it.</summary>
/// <remarks>tar(1) reads it: a library that does would make every fairlead, that of the daemon too, half a megabyte larger.</remarks>
internal static class ReleaseArchive
{
    /// <summary>What unpacks a program of 12 MB on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="path">An absolute path.</param>
    /// <returns>Null when it holds none, is no such file, or the program is longer than that.</returns>
    public static byte[]? ProgramIn(string path, int maxLength)
    {
        string top = Path.GetFileName(path)[..^".tar.gz".Length];
        string[] unpack = ["exec tar -xzOf \"$1\" \"$2\" 2>/dev/null", "sh", path, $"{top}/fairlead"];
        return Subprocess.Run("/bin/sh", ["sh", "-c", .. unpack], Patience, maxLength) is { Length: > 0 } program ? program : null;
    }
}
