using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Judges signatures and changes by the rules before an agent is asked. Without rules it costs nothing.</summary>
internal sealed class SignatureGate(RoutePlanner planner, BindLog binds)
{
    /// <summary>Why a signature is refused; null if it may be made.</summary>
    public async ValueTask<Objection?> JudgeAsync(CallerIdentity caller, Frame request)
    {
        await planner.RenewAsync();
        if (planner.Options.Rules.Count == 0 || !SignRequest.TryRead(request.Message, out SignRequest sign))
        {
            return null;
        }

        RuleSignature signature = SignaturePurpose.Of(sign);
        Decision decision = await planner.DecideAsync(caller with { Host = binds.ServerOf(sign), Signature = signature });
        return decision.IsDenial ? new Objection(RequestOutcome.Denied, decision.Use)
            : decision.HiddenBy(signature.Key) is PolicyRule rule ? new Objection(RequestOutcome.NotShown, rule)
            : null;
    }

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
