using System.Buffers.Binary;
using System.Net.Sockets;

namespace Fairlead.Tests.Relay;

/// <summary>Whole frames from a socket of the test.</summary>
internal static class FrameSocket
{
    /// <summary>The next frame with its length in front; null at the end of the connection.</summary>
    public static async Task<byte[]?> ReadAsync(Socket socket)
    {
        byte[] frame = new byte[4];
        if (!await FillAsync(socket, frame))
        {
            return null;
        }

        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(frame);
        Array.Resize(ref frame, frame.Length + length);
        return await FillAsync(socket, frame.AsMemory(4)) ? frame : null;
    }

    private static async Task<bool> FillAsync(Socket socket, Memory<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int received = await socket.ReceiveAsync(buffer);
            if (received == 0)
            {
                return false;
            }

            buffer = buffer[received..];
        }

        return true;
    }
}
