using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Activity;

/// <summary>The notes that fairlead is taking of what it saw. Belongs to the loop.</summary>
internal sealed class NotesUnderWay(EventLoop loop)
{
    private int count;
    private LoopEvent allTaken = new();

    /// <summary>No request waits for this note.</summary>
    public void Add(ValueTask note) => loop.Observe(CountAsync(note).AsTask());

    /// <summary>Waits until every note is taken, this long at most.</summary>
    public async ValueTask SettleAsync(TimeSpan timeout)
    {
        if (count > 0)
        {
            var signal = new LoopSignal();
            allTaken.Subscribe(signal);
            using LoopTimer timer = loop.Schedule(timeout, () => signal.Raise(Wake.TimedOut));
            await signal.WaitAsync();
        }
    }

    private async ValueTask CountAsync(ValueTask note)
    {
        count++;
        try
        {
            await note;
        }
        finally
        {
            count--;
            if (count == 0)
            {
                LoopEvent waiting = allTaken;
                allTaken = new LoopEvent();
                waiting.Happen();
            }
        }
    }
}
