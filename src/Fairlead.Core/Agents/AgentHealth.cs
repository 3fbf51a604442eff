using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>What an agent owes us, and how long it usually takes. Belongs to the loop.</summary>
/// <remarks>
/// ssh-agent serves one request at a time, and the laptop's ssh stands still, terminal and all, on each new connection while its agent is at work (measured
/// with OpenSSH 9.2): as long as a person may be looking at a question, nothing new is sent.
/// </remarks>
internal sealed class AgentHealth
{
    /// <summary>The newest answer counts this much: one slow answer is no habit.</summary>
    private const double Weight = 0.25;

    private readonly List<LoopSignal> queue = [];
    private int questions;
    private int late;
    private int awake;

    /// <summary>The keys that it signs with, and asks nobody.</summary>
    public UnattendedKeys Unattended { get; } = new();

    /// <summary>It owes a signature or a change: a person may be asked for it.</summary>
    public bool IsBusy => questions > 0;

    /// <summary>Requests that wait until nobody is asked any more.</summary>
    public int Waiting => queue.Count;

    /// <summary>It has let the time for an answer pass, and has given no sign since.</summary>
    public bool IsStalled => late > 0;

    /// <summary>Its time for an answer is up, its laptop has acknowledged the question, and somebody still waits: its person may be asked first.</summary>
    public bool IsAwake => awake > 0;

    /// <summary>It is there, and answers nobody now: it sleeps, or its person is asked.</summary>
    public bool IsSilent => IsStalled || IsBusy;

    /// <summary>A listing was answered: it asks nobody before it lists, or somebody who is used to it.</summary>
    public bool HasListed { get; set; }

    /// <summary>Called when it is not stalled any more.</summary>
    public Action? Recovered { get; set; }

    /// <summary>What an answer takes that no person is asked for; zero as long as there was none.</summary>
    public TimeSpan Usual { get; private set; }

    /// <summary>When its last answer came: a timestamp of the loop's time.</summary>
    public long Heard { get; set; }

    public void NoteAnswer(TimeSpan elapsed) => Usual = Usual == TimeSpan.Zero ? elapsed : Usual + ((elapsed - Usual) * Weight);

    public void BeginQuestion() => questions++;

    /// <summary>Who waits goes on, in order; the first to ask a person makes the others wait again.</summary>
    public void EndQuestion()
    {
        questions--;
        if (IsBusy)
        {
            return;
        }

        LoopSignal[] waiting = [.. queue];
        queue.Clear();
        foreach (LoopSignal waiter in waiting)
        {
            waiter.Raise(Wake.Ready);
        }
    }

    /// <summary>Raises the signal when nobody is asked any more.</summary>
    public void Enqueue(LoopSignal waiter) => queue.Add(waiter);

    public void Leave(LoopSignal waiter) => queue.Remove(waiter);

    public void BeginAwake() => awake++;

    public void EndAwake() => awake--;

    public void BeginStall() => late++;

    public void EndStall()
    {
        late--;
        if (!IsStalled)
        {
            Recovered?.Invoke();
        }
    }
}
