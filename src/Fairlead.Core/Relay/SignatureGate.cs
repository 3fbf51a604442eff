using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Judges the signatures and changes of one conversation by the rules before an agent is asked, and has the person asked where a rule says
/// so. Without rules it costs nothing.
/// </summary>
/// <param name="ask">Makes what asks the person; null where nobody can be asked.</param>
internal sealed class SignatureGate(RoutePlanner planner, BindLog binds, Func<PersonAsking>? ask)
{
    private PersonAsking? person;

    private PersonAsking? Person => person ??= ask?.Invoke();

    /// <summary>The keys of the latest list: a question about one of them says its comment.</summary>
    public void NoteKeys(IdentitiesAnswer list)
    {
        if (planner.Options.Ask)
        {
            Person?.Comments.Note(list);
        }
    }

    /// <summary>Why a signature is refused; null if it may be made.</summary>
    public async ValueTask<Objection?> JudgeAsync(CallerIdentity caller, Frame request, RequestLifetime lifetime)
    {
        await planner.RenewAsync();
        if (planner.Options.Rules.Count == 0 || !SignRequest.TryRead(request.Message, out SignRequest sign))
        {
            return null;
        }

        RuleSignature signature = SignaturePurpose.Of(sign);
        CallerIdentity identified = caller with { Host = binds.ServerOf(sign), Signature = signature };
        Decision decision = await planner.DecideAsync(identified);
        Objection? refusal = RefusalBy(decision, signature.Key);
        if (refusal is not null || !decision.IsAsked)
        {
            return refusal;
        }

        Objection? answer = Person is null
            ? new Objection(RequestOutcome.NobodyToAsk, decision.Ask)
            : await Person.AskAsync(identified, binds.Asking, decision.Ask!, request, lifetime);
        return answer ?? RefusalBy(await planner.DecideAsync(identified), signature.Key); // the rules may be others by now
    }

    private static Objection? RefusalBy(Decision decision, string? key) =>
        decision.IsDenial ? new Objection(RequestOutcome.Denied, decision.Use)
        : decision.HiddenBy(key) is PolicyRule hiding ? new Objection(RequestOutcome.NotShown, hiding)
        : null;

    /// <summary>Why an agent's keys may not be changed; null if they may.</summary>
    public async ValueTask<Objection?> JudgeChangeAsync(CallerIdentity caller)
    {
        await planner.RenewAsync();
        Decision decision = await planner.DecideAsync(caller);
        return decision.IsDenial ? new Objection(RequestOutcome.Denied, decision.Use)
            : decision.Limits is [PolicyRule rule, ..] ? new Objection(RequestOutcome.Denied, rule)
            : null;
    }
}
