using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// Descriptors that go through a unix socket beside bytes (SCM_RIGHTS, unix(7)): the receiver gets its own, of the same open files.
/// </summary>
internal static unsafe class DescriptorPassing
{
    /// <summary>The most that go with one message here; the kernel closes those without room.</summary>
    public const int Most = 2;

    private const int HeaderLength = 16;
    private const int ControlLength = HeaderLength + (Most * sizeof(int));

    /// <summary>Sends bytes, with descriptors beside the first of them.</summary>
    /// <param name="descriptors">At least one, and no more than <see cref="Most"/>.</param>
    /// <returns>How many bytes were sent, or minus errno.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        byte* control = stackalloc byte[ControlLength];
        *(LibC.ControlHeader*)control = new LibC.ControlHeader
        {
            Length = (nuint)(HeaderLength + (descriptors.Length * sizeof(int))),
            Level = LibC.SOL_SOCKET,
            Type = LibC.SCM_RIGHTS,
        };
        descriptors.CopyTo(new Span<int>(control + HeaderLength, Most));
        fixed (byte* first = bytes)
        {
            var vector = new LibC.IoVector { Base = first, Length = (nuint)bytes.Length };
            var message = new LibC.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)ControlLength };
            return LibC.Result(LibC.sendmsg(socket, &message, LibC.MSG_NOSIGNAL));
        }
    }

    /// <summary>Receives bytes, and the descriptors that came with them; the caller must close these.</summary>
    /// <param name="descriptors">Room for <see cref="Most"/>.</param>
    /// <param name="count">How many came.</param>
    /// <returns>How many bytes were received, 0 at the end of file, or minus errno.</returns>
    public static int Receive(int socket, Span<byte> buffer, Span<int> descriptors, out int count)
    {
        byte* control = stackalloc byte[ControlLength];
        fixed (byte* first = buffer)
        {
            var vector = new LibC.IoVector { Base = first, Length = (nuint)buffer.Length };
            var message = new LibC.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)ControlLength };
            int received = LibC.Result(LibC.recvmsg(socket, &message, LibC.MSG_CMSG_CLOEXEC));
            count = received < 0 ? 0 : Take(control, (int)message.ControlLength, descriptors);
            return received;
        }
    }

    private static int Take(byte* control, int length, Span<int> descriptors)
    {
        var header = (LibC.ControlHeader*)control;
        if (length < HeaderLength || header->Level != LibC.SOL_SOCKET || header->Type != LibC.SCM_RIGHTS)
        {
            return 0;
        }

        int count = ((int)header->Length - HeaderLength) / sizeof(int);
        new ReadOnlySpan<int>(control + HeaderLength, count).CopyTo(descriptors);
        return count;
    }
}
