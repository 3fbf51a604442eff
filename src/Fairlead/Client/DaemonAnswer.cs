using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Client;

/// <summary>What came of a question to the daemon: a reply, or why there is none.</summary>
/// <param name="Outcome"><see cref="ControlOutcome.NotReachable"/> also where there was no place to ask at.</param>
/// <param name="Reply">Null when there is a failure.</param>
/// <param name="Failure">Null when there is a reply.</param>
internal readonly record struct DaemonAnswer(ControlOutcome Outcome, ControlReply? Reply, Failure? Failure)
{
    /// <summary>Why what was asked for is not in <see cref="Reply"/>.</summary>
    /// <param name="hint">What to type next where the failure itself does not know.</param>
    public Failure Explain(string? hint = null) => Failure is { } failure ? failure with { Hint = failure.Hint ?? hint } : DaemonFailure.OtherVersion();
}
