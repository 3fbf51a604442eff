namespace Fairlead.Core.Linux.Interop;

/// <summary>A file descriptor as the system knows it: a number.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Reads until the end or until <paramref name="buffer"/> is full.</summary>
    /// <returns>How many bytes, or minus errno when there was none.</returns>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        int length = 0;
        fixed (byte* bytes = buffer)
        {
            while (length < buffer.Length)
            {
                int read = LibC.Result(LibC.read(descriptor, bytes + length, (nuint)(buffer.Length - length)));
                if (read <= 0)
                {
                    return length == 0 ? read : length;
                }

                length += read;
            }
        }

        return length;
    }

    /// <summary>How many bytes were taken, or minus errno.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return LibC.Result(LibC.write(descriptor, first, (nuint)bytes.Length));
        }
    }

    public static void Close(int descriptor) => _ = LibC.close(descriptor);
}
