using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Judges each signature by the rules before an agent is asked. Without rules it costs nothing.</summary>
internal sealed class SignatureGate(RoutePlanner planner, BindLog binds)
{
    /// <summary>Why a signature is refused; null if it may be made.</summary>
    public async ValueTask<RequestOutcome?> JudgeAsync(CallerIdentity caller, Frame request)
    {
        if (planner.Options.Rules.Count == 0 || !SignRequest.TryRead(request.Message, out SignRequest sign))
        {
            return null;
        }

        RuleSignature signature = Describe(sign);
        Decision decision = await planner.DecideAsync(caller with { Host = binds.ServerOf(sign), Signature = signature });
        return decision.IsDenial ? RequestOutcome.Denied
            : !decision.Shows(signature.Key) ? RequestOutcome.NotShown
            : null;
    }

    private static RuleSignature Describe(SignRequest request)
    {
        SignedData data = SignedData.Read(request);
        return new RuleSignature(
            data.Kind == SignedDataKind.Login ? Encoding.UTF8.GetString(data.User) : null,
            data.Kind == SignedDataKind.Message ? Encoding.UTF8.GetString(data.Namespace) : null,
            KeyFingerprint.Of(request.KeyBlob));
    }
}
