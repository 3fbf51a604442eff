namespace Fairlead.Core.Linux.Interop;

/// <summary>A file descriptor as the system knows it: a number.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Reads until the end or until <paramref name="buffer"/> is full.</summary>
    /// <returns>How many bytes, or minus errno if there were none.</returns>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            int read = ReadOnce(descriptor, buffer[length..]);
            if (read <= 0)
            {
                return length == 0 ? read : length;
            }

            length += read;
        }

        return length;
    }

    /// <summary>How many bytes were read, zero at the end, or minus errno.</summary>
    public static int ReadOnce(int descriptor, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return LibC.Result(LibC.read(descriptor, bytes, (nuint)buffer.Length));
        }
    }

    /// <summary>How many bytes were written, or minus errno.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return LibC.Result(LibC.write(descriptor, first, (nuint)bytes.Length));
        }
    }

    /// <summary>Writes all of it, also where the system takes only a part at a time. Zero, or minus errno.</summary>
    public static int WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int written = Write(descriptor, bytes);
            if (written < 0 && written != -Errno.EINTR)
            {
                return written;
            }

            bytes = bytes[Math.Max(written, 0)..];
        }

        return 0;
    }

    public static void Close(int descriptor) => _ = LibC.close(descriptor);
}
