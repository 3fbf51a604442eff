using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Has the person asked about the signatures of one conversation.</summary>
internal sealed class PersonAsking(BlockingWorker worker, AskingDesk desk, RelayOptions options)
{
    /// <summary>
    /// For all questions of one login: sshd gives a login two minutes (LoginGraceTime, sshd_config(5)), and the agent may have a question of
    /// its own after ours.
    /// </summary>
    private static readonly TimeSpan MostForLogin = TimeSpan.FromSeconds(100);

    /// <summary>A stuck /proc costs the words of the question, and what a yes is remembered by.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>The person's no, which holds until the conversation ends: ssh would ask for each of its keys.</summary>
    private Objection? refusal;

    /// <summary>The login that was asked about most recently, when that began, and why no signature is made for it.</summary>
    private (byte[] Session, long Began, Objection? Refusal) login = ([], 0, null);

    /// <summary>The comments of the keys in the lists of this conversation.</summary>
    public KeyComments Comments { get; } = new();

    /// <summary>Asks, unless an earlier answer holds.</summary>
    /// <param name="asking">The server that asks, through an ssh of ours.</param>
    /// <param name="rule">By which the person is asked.</param>
    /// <param name="request">For a signature: the gate has read it.</param>
    /// <returns>Why the signature is refused; null if it may be made.</returns>
    public async ValueTask<Objection?> AskAsync(CallerIdentity caller, BoundHost? asking, PolicyRule rule, Frame request, RequestLifetime lifetime)
    {
        _ = SignRequest.TryRead(request.Message, out SignRequest sign);
        (byte[] key, byte[] session) = (sign.KeyBlob.ToArray(), SignedData.Read(sign).SessionId.ToArray()); // no session: it is no login
        bool isLogin = session.Length > 0;
        login = !isLogin || login.Session.AsSpan().SequenceEqual(session) ? login : (session, desk.Loop.Time.GetTimestamp(), null);
        if (refusal is not null || (isLogin && login.Refusal is not null))
        {
            return refusal ?? login.Refusal;
        }

        TimeSpan limit = isLogin ? AgentTimeouts.Shorter(options.AskTime, MostForLogin) - desk.Loop.Time.GetElapsedTime(login.Began) : options.AskTime;
        Asker asker = await worker.RunAsync(() => Asker.Read(caller, rule), ReadTimeout) ?? Asker.Unknown(caller.Pid);
        var subject = new QuestionSubject(caller, asker, rule, key, caller.Signature!)
        {
            KeyComment = Comments.Of(key),
            Host = caller.Host,
            AskedBy = asking,
        };
        lifetime.Watched?.AskingRule = rule;
        Ruling ruling = await desk.AskAsync(subject, limit, () => lifetime.Watched?.NoteAsked(), lifetime.Ended);
        lifetime.Watched?.NoteRuling(ruling);

        Objection? objection = ruling.Verdict == Verdict.Yes ? null : new Objection(OutcomeOf(ruling.Verdict), rule);
        refusal = ruling is { Verdict: Verdict.No, IsEarlier: false } ? objection : null;
        login.Refusal = isLogin ? objection : login.Refusal;
        return objection;
    }

    private static RequestOutcome OutcomeOf(Verdict verdict) => verdict switch
    {
        Verdict.No => RequestOutcome.RefusedByPerson,
        Verdict.NoAnswer => RequestOutcome.NotAnswered,
        Verdict.Nobody => RequestOutcome.NobodyToAsk,
        Verdict.TooMany => RequestOutcome.TooManyQuestions,
        Verdict.Restarted => RequestOutcome.Interrupted,
        _ => RequestOutcome.Abandoned,
    };
}
