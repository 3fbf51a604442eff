using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>The answers that an agent owes us, and how long it usually takes. Belongs to the loop.</summary>
/// <remarks>
/// ssh-agent serves one request at a time, and the laptop's ssh, with its terminal, blocks on each new connection while its agent works
/// (measured with OpenSSH 9.2). So nothing new is sent while a person may be looking at a question.
/// </remarks>
internal sealed class AgentHealth
{
    /// <summary>The weight of the newest answer: one slow answer is not a habit.</summary>
    private const double Weight = 0.25;

    private readonly List<LoopSignal> queue = [];
    private readonly List<Action> owed = [];
    private int questions;
    private int awake;
    private TimeSpan rest;
    private long restsSince;

    /// <summary>The keys that it signs with without asking anybody.</summary>
    public UnattendedKeys Unattended { get; } = new();

    /// <summary>It owes a signature or a change, for which it may ask a person.</summary>
    public bool IsBusy => questions > 0;

    /// <summary>Requests that wait until it asks nobody any more.</summary>
    public int Waiting => queue.Count;

    /// <summary>It let the time for an answer pass, and has given no sign since.</summary>
    public bool IsStalled => owed.Count > 0;

    /// <summary>
    /// Its time for an answer is up, its laptop has acknowledged the question, and somebody still waits: it may be asking its person first.
    /// </summary>
    public bool IsAwake => awake > 0;

    /// <summary>It exists, but answers nobody now: it may be asleep, or asking its person.</summary>
    public bool IsSilent => IsStalled || IsBusy;

    /// <summary>It has answered a listing: it asks nobody before it lists, or a person who is used to it.</summary>
    public bool HasListed { get; set; }

    /// <summary>Called when it is not stalled any more.</summary>
    public Action? Recovered { get; set; }

    /// <summary>The usual time of an answer without a person; zero until there was one.</summary>
    public TimeSpan Usual { get; private set; }

    /// <summary>When its most recent answer came: a timestamp of the loop's time.</summary>
    public long Heard { get; set; }

    public void NoteAnswer(TimeSpan elapsed) => Usual = Usual == TimeSpan.Zero ? elapsed : Usual + ((elapsed - Usual) * Weight);

    public void BeginQuestion() => questions++;

    /// <summary>The waiters continue, in order; the first that asks a person makes the others wait again.</summary>
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

    /// <summary>Raises the signal when it asks nobody any more.</summary>
    public void Enqueue(LoopSignal waiter) => queue.Add(waiter);

    public void Leave(LoopSignal waiter) => queue.Remove(waiter);

    public void BeginAwake() => awake++;

    public void EndAwake() => awake--;

    /// <summary>The time for an answer is over.</summary>
    /// <param name="giveUp">Ends the wait for that answer.</param>
    /// <param name="untilAskedAgain">How long it is asked nothing new.</param>
    public void BeginStall(Action giveUp, TimeSpan untilAskedAgain, TimeProvider time)
    {
        rest = IsStalled && rest > untilAskedAgain ? rest : untilAskedAgain;
        restsSince = time.GetTimestamp();
        owed.Add(giveUp);
    }

    /// <param name="giveUp">The action that the stall began with.</param>
    public void EndStall(Action giveUp)
    {
        owed.Remove(giveUp);
        if (!IsStalled)
        {
            Recovered?.Invoke();
        }
    }

    /// <summary>
    /// Whether it is time for one more question: the answer that it owes may be lost, for example because of a mistake in the agent. Each
    /// further question comes after twice the time, so that not many wait for a laptop that sleeps; none comes while a person may be
    /// looking at another.
    /// </summary>
    public bool TryAskAgain(TimeProvider time)
    {
        if (!IsStalled || IsBusy || IsAwake || time.GetElapsedTime(restsSince) < rest)
        {
            return false;
        }

        rest *= 2;
        restsSince = time.GetTimestamp();
        return true;
    }

    /// <summary>It has answered something, so it is there: nothing waits any more for what it still owes.</summary>
    public void ForgiveOwed()
    {
        foreach (Action giveUp in owed.ToArray()) // each removes itself from the list
        {
            giveUp();
        }
    }
}
