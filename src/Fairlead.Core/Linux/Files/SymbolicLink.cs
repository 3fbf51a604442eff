using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Where a symbolic link points (readlink(2), symlink(2)).</summary>
internal static unsafe class SymbolicLink
{
    private const int MaxTargetLength = 4096;

    public static bool TryRead(string path, out string target)
    {
        byte* buffer = stackalloc byte[MaxTargetLength];
        nint length = LibC.readlink(path, buffer, MaxTargetLength);
        target = length > 0 ? Encoding.UTF8.GetString(buffer, (int)length) : "";
        return length > 0;
    }

    /// <summary>Makes a link, or replaces another one in one step.</summary>
    /// <returns>Zero, or minus errno: then an existing link is unchanged.</returns>
    public static int Write(string path, string target)
    {
        string unfinished = $"{path}.new";
        _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0); // left by a process that was killed in between
        int result = LibC.Result(LibC.symlink(target, unfinished));
        if (result < 0)
        {
            return result;
        }

        result = LibC.Result(LibC.rename(unfinished, path));
        if (result < 0)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0);
        }

        return result;
    }
}
