using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>Reads the small files of /proc, whose size is known only by reading them.</summary>
internal static class ProcessFile
{
    /// <summary>Bytes. More than a command line or an environment that matters here; ARG_MAX would be 2 MiB.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Reads until the end or until <paramref name="buffer"/> is full.</summary>
    /// <returns>How many bytes, or minus errno.</returns>
    public static int Read(string path, Span<byte> buffer)
    {
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int length = Descriptor.Read(descriptor, buffer);
        _ = LibC.close(descriptor);
        return length;
    }

    /// <summary>The arguments of a process. May block while the process's memory is being changed: ask on the fact thread.</summary>
    public static string[]? ReadArguments(int pid) => ReadStrings($"/proc/{pid}/cmdline");

    /// <summary>
    /// The environment a process started with, NAME=value each; null when it is gone or somebody else's. Changes that it made itself do not show.
    /// May block: ask on the fact thread.
    /// </summary>
    public static string[]? ReadEnvironment(int pid) => ReadStrings($"/proc/{pid}/environ");

    /// <summary>Reads a file of unknown length.</summary>
    /// <returns>Null when it cannot be read; its beginning when it is longer than <see cref="MaxLength"/>.</returns>
    public static ReadOnlyMemory<byte>? ReadAll(string path)
    {
        byte[] buffer = new byte[4096];
        int length;
        while ((length = Read(path, buffer)) == buffer.Length && buffer.Length < MaxLength)
        {
            buffer = new byte[buffer.Length * 4];
        }

        return length < 0 ? null : buffer.AsMemory(0, length);
    }

    /// <summary>Strings that each end with a zero. One that is cut off at the limit is left out: the beginning of a path is another path.</summary>
    internal static string[] StringsIn(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> whole = bytes.Length < MaxLength ? bytes : bytes[..(bytes.LastIndexOf((byte)0) + 1)];
        return Encoding.UTF8.GetString(whole).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[]? ReadStrings(string path) => ReadAll(path) is { } bytes ? StringsIn(bytes.Span) : null;
}
