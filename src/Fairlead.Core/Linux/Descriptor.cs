namespace Fairlead.Core.Linux;

/// <summary>A file descriptor as the system knows it: a number.</summary>
internal static unsafe class Descriptor
{
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
