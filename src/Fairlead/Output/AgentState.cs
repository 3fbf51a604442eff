using Fairlead.Core.Agents;

namespace Fairlead.Output;

/// <summary>One word for how an agent is, for <c>status</c>, <c>why</c> and --json alike.</summary>
internal static class AgentState
{
    public const string Dead = "dead";
    public const string Stalled = "stalled";
    public const string Busy = "busy";
    public const string Live = "live";

    public static string Of(Agent agent) => agent switch
    {
        { IsDead: true } => Dead,
        { Health.IsStalled: true } => Stalled,
        { Health.IsBusy: true } => Busy,
        { Listener: null } => "unknown",
        _ => Live,
    };
}
