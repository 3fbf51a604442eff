using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Asking;

/// <summary>
/// Asks the person about signatures: keeps the questions that wait, and the answers that hold for later signatures. It shows nothing
/// itself. Belongs to the loop.
/// </summary>
internal sealed class AskingDesk(EventLoop loop)
{
    /// <summary>Questions that wait at one time: a person cannot keep more apart.</summary>
    public const int MostWaiting = 3;

    /// <summary>Answers that hold at one time; the oldest goes.</summary>
    private const int MostGrants = 256;

    /// <summary>Refused questions that are remembered, for a person who wants the reason.</summary>
    private const int MostRefused = 8;

    /// <summary>After a no, for the same signature below the same program.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly List<Question> waiting = [];
    private readonly List<Grant> grants = [];
    private readonly Queue<Question> refused = new();
    private int numbers;
    private bool isClosed;

    /// <summary>Shows a question to the person, wherever they are. Without it nobody is there.</summary>
    public Action<Question>? Asked { get; set; }

    public EventLoop Loop => loop;

    /// <summary>The longest there first.</summary>
    public IReadOnlyList<Question> Waiting => waiting;

    /// <summary>Questions that did not end with a yes; the latest is the last.</summary>
    public IReadOnlyCollection<Question> Refused => refused;

    /// <summary>The answers that hold now.</summary>
    public IReadOnlyList<Grant> Grants
    {
        get
        {
            grants.RemoveAll(grant => !grant.Holds(loop.Time));
            return grants;
        }
    }

    /// <summary>Whether a signature may be made: by an answer that holds, otherwise by asking.</summary>
    /// <param name="limit">How long to wait for the answer.</param>
    /// <param name="asked">Called if the answer must be waited for.</param>
    /// <param name="hungUp">Cancelled when nobody wants the signature any more.</param>
    public async ValueTask<Ruling> AskAsync(QuestionSubject subject, TimeSpan limit, Action? asked, CancellationToken hungUp)
    {
        if (Grants.FirstOrDefault(grant => IsAlike(grant.Subject, subject)) is Grant earlier)
        {
            return new Ruling(Verdict.Yes, earlier.By.Place, IsEarlier: true);
        }

        if (isClosed)
        {
            return new Ruling(Verdict.Restarted);
        }

        if (WasJustRefused(subject))
        {
            return new Ruling(Verdict.No, IsEarlier: true);
        }

        bool mayJoin = subject.Rule.Ask is { Remembers: not null };
        Question? same = mayJoin ? waiting.Find(question => IsAlike(question.Subject, subject)) : null;
        if (same is null && waiting.Count >= MostWaiting)
        {
            return new Ruling(Verdict.TooMany);
        }

        if (limit <= TimeSpan.Zero)
        {
            return new Ruling(Verdict.NoAnswer);
        }

        Question question = same ?? Begin(subject, limit);
        if (question.Ruling is null)
        {
            asked?.Invoke();
        }

        return await WaitAsync(question, limit, hungUp);
    }

    public Question? Find(int number) => waiting.Find(question => question.Number == number);

    /// <summary>The person's answer. It is remembered as the rule says.</summary>
    public void Answer(Question question, bool isYes, Answerer by)
    {
        if (question.Ruling is not null)
        {
            return;
        }

        if (isYes && question.Subject is { Terms: SignatureTerms terms, Rule.Ask.Remembers: TimeSpan time })
        {
            grants.RemoveAll(grant => IsAlike(grant.Subject, question.Subject));
            DateTimeOffset now = loop.Time.GetUtcNow();
            grants.Add(new Grant(terms, question.Subject, by, now, now + time, loop.Time.GetTimestamp()));
            grants.RemoveRange(0, Math.Max(0, grants.Count - MostGrants));
        }

        question.End(new Ruling(isYes ? Verdict.Yes : Verdict.No, by.Place));
    }

    /// <summary>Asks again for all that was allowed.</summary>
    /// <returns>How much that was.</returns>
    public int Forget()
    {
        int count = Grants.Count;
        grants.Clear();
        return count;
    }

    /// <summary>What was allowed by a rule that is not there any more is asked about again.</summary>
    public void KeepOnly(IReadOnlyList<PolicyRule> rules) => grants.RemoveAll(grant => !rules.Any(rule => IsSame(rule, grant.Subject.Rule)));

    /// <summary>Another daemon serves: nobody could answer here any more.</summary>
    /// <returns>How much was allowed until then.</returns>
    public int Close()
    {
        isClosed = true;
        int forgotten = Forget();
        foreach (Question question in waiting.ToArray())
        {
            question.End(new Ruling(Verdict.Restarted));
        }

        return forgotten;
    }

    /// <summary>An answer to one is an answer to the other, if it is remembered.</summary>
    private static bool IsAlike(QuestionSubject one, QuestionSubject other) =>
        one.Terms is SignatureTerms terms && terms == other.Terms && IsSame(one.Rule, other.Rule);

    /// <summary>Wherever it stands in the file.</summary>
    private static bool IsSame(PolicyRule one, PolicyRule other) => one with { Line = 0 } == other with { Line = 0 };

    /// <summary>A program that was told no asks again at once: it must not tire the person out.</summary>
    private bool WasJustRefused(QuestionSubject subject) =>
        subject is { Asker.Terminal: null, Terms: SignatureTerms terms }
        && refused.Any(question => question.Ruling!.Verdict == Verdict.No && question.Subject.Terms == terms
            && loop.Time.GetElapsedTime(question.EndedAt) < Rest);

    private Question Begin(QuestionSubject subject, TimeSpan limit)
    {
        DateTimeOffset now = loop.Time.GetUtcNow();
        var question = new Question(++numbers, subject, now, now + limit);
        LoopTimer timer = loop.Schedule(limit, () => question.End(new Ruling(Verdict.NoAnswer)));
        question.Ended = () =>
        {
            timer.Dispose();
            question.EndedAt = loop.Time.GetTimestamp();
            waiting.Remove(question);
            Remember(question);
        };
        waiting.Add(question);
        Action<Question> show = Asked ?? (unseen => unseen.End(new Ruling(Verdict.Nobody)));
        show(question);
        return question;
    }

    /// <param name="limit">Of this request: it may have come later than the question.</param>
    private async ValueTask<Ruling> WaitAsync(Question question, TimeSpan limit, CancellationToken hungUp)
    {
        question.Requests++;
        var signal = new LoopSignal();
        using LoopTimer timer = loop.Schedule(limit, () => signal.Raise(Wake.TimedOut));
        using CancellationTokenRegistration end = hungUp.UnsafeRegister(static signal => ((LoopSignal)signal!).Raise(Wake.Closed), signal);
        if (!hungUp.IsCancellationRequested && question.Subscribe(signal))
        {
            await signal.WaitAsync();
        }

        question.Requests--;
        if (question.Requests == 0)
        {
            question.End(new Ruling(hungUp.IsCancellationRequested ? Verdict.Withdrawn : Verdict.NoAnswer));
        }

        return hungUp.IsCancellationRequested ? new Ruling(Verdict.Withdrawn) : question.Ruling ?? new Ruling(Verdict.NoAnswer);
    }

    private void Remember(Question question)
    {
        if (question.Ruling!.Verdict is Verdict.Yes or Verdict.Withdrawn)
        {
            return;
        }

        refused.Enqueue(question);
        if (refused.Count > MostRefused)
        {
            refused.Dequeue();
        }
    }
}
