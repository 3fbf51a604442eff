using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The arguments and variables that a process was started with, from /proc.</summary>
internal static class ProcessFile
{
    /// <summary>Bytes; what comes after them is not read.</summary>
    public const int MaxLength = SmallFile.MaxLength;

    /// <summary>A file of a process.</summary>
    /// <remarks>Not an interpolated string: the first one with a number makes the pool of buffers, which a login's <c>init</c> otherwise does not need.</remarks>
    public static string PathOf(int pid, string name) => string.Concat("/proc/", pid.ToString(provider: null), "/", name);

    /// <summary>The arguments of a process. May block while the process's memory is being changed: run on the worker.</summary>
    public static string[]? ReadArguments(int pid) => ReadStrings(PathOf(pid, "cmdline"));

    /// <summary>
    /// The environment a process started with, NAME=value each; null if it is gone or belongs to somebody else. Changes that it made itself
    /// do not show. May block: run on the worker.
    /// </summary>
    public static string[]? ReadEnvironment(int pid) => ReadStrings(PathOf(pid, "environ"));

    /// <summary>
    /// Strings that each end with a zero byte. A string that is cut off at the limit is left out, because the beginning of a path is
    /// another path.
    /// </summary>
    internal static string[] StringsIn(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> whole = bytes.Length < SmallFile.MaxLength ? bytes : bytes[..(bytes.LastIndexOf((byte)0) + 1)];
        return Encoding.UTF8.GetString(whole).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[]? ReadStrings(string path) => SmallFile.ReadAll(path) is { } bytes ? StringsIn(bytes) : null;
}
