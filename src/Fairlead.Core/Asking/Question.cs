using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Asking;

/// <summary>A question that waits for the person's answer. Belongs to the loop.</summary>
/// <param name="number">By which commands call it.</param>
/// <param name="until">When its time is over.</param>
internal sealed class Question(int number, QuestionSubject subject, DateTimeOffset since, DateTimeOffset until)
{
    private readonly LoopEvent ended = new();

    public int Number => number;

    public QuestionSubject Subject => subject;

    public DateTimeOffset Since => since;

    public DateTimeOffset Until => until;

    /// <summary>The requests that wait for it: identical ones share a question.</summary>
    public int Requests { get; set; }

    /// <summary>A timestamp of the loop's time.</summary>
    public long EndedAt { get; set; }

    /// <summary>Null while it waits.</summary>
    public Ruling? Ruling { get; private set; }

    /// <summary>Called when it ends, before anything that waits for it goes on.</summary>
    public Action? Ended { get; set; }

    /// <summary>Until it ends.</summary>
    public async ValueTask<Ruling> WaitAsync()
    {
        await ended.WaitAsync();
        return Ruling!;
    }

    /// <summary>Until it ends, this long at most.</summary>
    public ValueTask WaitAsync(EventLoop loop, TimeSpan timeout) => ended.WaitAsync(loop, timeout);

    /// <summary>Raises the signal when it ends. False if it has ended: then nothing is raised.</summary>
    public bool Subscribe(LoopSignal signal) => ended.Subscribe(signal);

    /// <summary>The first ruling counts.</summary>
    public void End(Ruling ruling)
    {
        if (Ruling is null)
        {
            Ruling = ruling;
            Ended?.Invoke();
            ended.Happen();
        }
    }
}
