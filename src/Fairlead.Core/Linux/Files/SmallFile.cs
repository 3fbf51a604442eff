using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Reads small files, above all those in /proc, whose size is known only by reading them.</summary>
internal static class SmallFile
{
    /// <summary>Bytes. More than a command line or an environment that matters here; ARG_MAX would be 2 MiB.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Bytes. The environment and arguments of a process nearly always fit.</summary>
    private const int UsualLength = 8 * 1024;

    /// <summary>Reads until the end or until <paramref name="buffer"/> is full, and waits for no pipe.</summary>
    /// <returns>How many bytes, or minus errno.</returns>
    public static int Read(string path, Span<byte> buffer)
    {
        const int flags = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, 0));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int length = Descriptor.Read(descriptor, buffer);
        _ = LibC.close(descriptor);
        return length;
    }

    /// <summary>Reads a file of unknown length.</summary>
    /// <remarks>
    /// Uses the stack as far as it can: a buffer that the collector may not move during a system call keeps a whole region from being
    /// emptied.
    /// </remarks>
    /// <returns>Null if it cannot be read; its beginning if it is longer than <see cref="MaxLength"/>.</returns>
    public static byte[]? ReadAll(string path)
    {
        Span<byte> usual = stackalloc byte[UsualLength];
        int length = Read(path, usual);
        if (length < UsualLength)
        {
            return length < 0 ? null : usual[..length].ToArray();
        }

        for (int room = UsualLength * 4; ; room *= 4)
        {
            byte[] buffer = new byte[Math.Min(room, MaxLength)];
            length = Read(path, buffer);
            if (length < buffer.Length || buffer.Length == MaxLength)
            {
                return length < 0 ? null : buffer[..length];
            }
        }
    }
}
