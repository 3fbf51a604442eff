using System.Threading.Channels;

namespace Fairlead.Tests.Relay;

/// <summary>A line that lets one byte through at a time, when the test says so.</summary>
internal sealed class SlowLine
{
    private readonly Channel<bool> let = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> passed = Channel.CreateUnbounded<bool>();

    /// <summary>One byte; it has been sent when this returns.</summary>
    public async Task LetThroughAsync()
    {
        let.Writer.TryWrite(true);
        await passed.Reader.ReadAsync().AsTask().InTime();
    }

    /// <summary>From now on nothing is held back.</summary>
    public void Open() => let.Writer.TryComplete();

    /// <summary>Sends as the line lets it.</summary>
    public async Task SendAsync(byte[] bytes, Func<ReadOnlyMemory<byte>, Task> send)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (await let.Reader.WaitToReadAsync())
            {
                await let.Reader.ReadAsync();
            }

            await send(bytes.AsMemory(i, 1));
            passed.Writer.TryWrite(true);
        }
    }
}
