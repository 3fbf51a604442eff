using System.Buffers;
using Fairlead.Protocol;

namespace Fairlead.Core.Frames;

/// <summary>
/// One message with its length in front, in a rented buffer that is zeroed when it is returned: it may have carried a key or a passphrase.
/// </summary>
internal sealed class Frame : IDisposable
{
    private readonly ReadOnlyMemory<byte> bytes;
    private byte[]? rented;

    private Frame(ReadOnlyMemory<byte> bytes, byte[]? rented)
    {
        this.bytes = bytes;
        this.rented = rented;
    }

    /// <summary>The whole frame, as it travels.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The message: from the type on.</summary>
    public ReadOnlySpan<byte> Message => bytes.Span[AgentFrame.HeaderLength..];

    public AgentMessageType Type => (AgentMessageType)Message[0];

    /// <summary>A frame over bytes that are not secret and stay.</summary>
    public static Frame Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    /// <summary>Takes over a buffer of <see cref="ArrayPool{T}.Shared"/>.</summary>
    public static Frame TakeOver(byte[] rented, int length) => new(rented.AsMemory(0, length), rented);

    public void Dispose()
    {
        if (rented is not null)
        {
            Return(rented, bytes.Length);
            rented = null;
        }
    }

    /// <summary>Zeroes the used part of a rented buffer and returns it.</summary>
    public static void Return(byte[] rented, int used)
    {
        rented.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(rented);
    }
}
