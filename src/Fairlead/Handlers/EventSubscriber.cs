using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>One who watches, and what it has not read yet. Belongs to the loop.</summary>
internal sealed class EventSubscriber(UnixStream client)
{
    /// <summary>Lines, beyond what the kernel keeps for it: who is so far behind does not read at all.</summary>
    public const int Capacity = 256;

    private readonly Queue<byte[]> lines = new();
    private readonly LoopSignal news = new();
    private bool hasEnded;

    /// <summary>Takes a line, and waits for nobody: one line too many ends it.</summary>
    public void Tell(byte[] line)
    {
        if (lines.Count == Capacity)
        {
            End();
            return;
        }

        lines.Enqueue(line);
        news.Raise(Wake.Ready);
    }

    /// <summary>Sends what it is told, until it hangs up or is ended.</summary>
    public async ValueTask ServeAsync()
    {
        client.HungUp = End;
        while (!hasEnded)
        {
            if (!lines.TryDequeue(out byte[]? line))
            {
                await news.WaitAsync();
            }
            else if (await client.SendAsync(line) < 0)
            {
                return;
            }
        }
    }

    public void End()
    {
        hasEnded = true;
        client.Cancel();
        news.Raise(Wake.Closed);
    }
}
