using System.Buffers.Binary;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Bench.Clients;

/// <summary>One connection to an agent's socket, with bare system calls that block: as little as possible between the clock and the socket.</summary>
internal readonly unsafe struct AgentClient : IDisposable
{
    private const int ReceiveTimeOut = 20; // SO_RCVTIMEO
    private const int MaxAnswer = 64 * 1024;

    private readonly int descriptor;

    private AgentClient(int descriptor) => this.descriptor = descriptor;

    public bool IsConnected => descriptor > 0;

    /// <param name="patience">For each read; a read that takes longer is a failed request.</param>
    public static AgentClient Connect(string path, int patience = 30)
    {
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            throw new ArgumentException($"too long for a socket: {path}");
        }

        int descriptor = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        if (LibC.connect(descriptor, &address, UnixAddress.Size) < 0)
        {
            _ = LibC.close(descriptor);
            return new AgentClient(-1);
        }

        long* time = stackalloc long[] { patience, 0 };
        _ = SocketOption.Set(descriptor, LibC.SOL_SOCKET, ReceiveTimeOut, time, 2 * sizeof(long));
        return new AgentClient(descriptor);
    }

    /// <summary>Sends a frame and reads its answer.</summary>
    /// <returns>The length of the answer without its header, of which <paramref name="answer"/> holds as much as fits; 0 after a failure.</returns>
    public int Ask(ReadOnlySpan<byte> frame, Span<byte> answer) => Send(frame) ? Receive(answer) : 0;

    /// <summary>Sends a frame, whose answer is read later.</summary>
    public bool Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            return LibC.send(descriptor, bytes, (nuint)frame.Length, LibC.MSG_NOSIGNAL) == frame.Length;
        }
    }

    /// <summary>Reads the answer to a frame that was sent.</summary>
    /// <inheritdoc cref="Ask" path="/returns"/>
    public int Receive(Span<byte> answer)
    {
        int read = 0;
        byte* buffer = stackalloc byte[2048];
        int length = -1;
        while (length < 0 || read < length + sizeof(int))
        {
            nint count = LibC.recv(descriptor, buffer, 2048, 0);
            if (count <= 0)
            {
                return 0;
            }

            var piece = new ReadOnlySpan<byte>(buffer, (int)count);
            piece[..Math.Min(piece.Length, Math.Max(0, answer.Length - read))].CopyTo(answer[Math.Min(read, answer.Length)..]);
            read += (int)count;
            if (length < 0 && read >= sizeof(int))
            {
                length = BinaryPrimitives.ReadInt32BigEndian(answer);
                if (length is < 1 or > MaxAnswer)
                {
                    return 0;
                }
            }
        }

        return length;
    }

    public void Dispose()
    {
        if (descriptor > 0)
        {
            _ = LibC.close(descriptor);
        }
    }
}
