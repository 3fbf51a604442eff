using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>Reads where a symbolic link points (readlink(2)).</summary>
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
}
