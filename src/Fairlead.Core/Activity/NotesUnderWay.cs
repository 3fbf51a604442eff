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
    public ValueTask SettleAsync(TimeSpan timeout) => count > 0 ? allTaken.WaitAsync(loop, timeout) : ValueTask.CompletedTask;

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
