using Fairlead.Core.Agents;

namespace Fairlead.Output;

/// <summary>One word for how an agent is, for <c>status</c>, <c>why</c> and --json alike.</summary>
internal static class AgentState
{
    public const string Dead = "dead";
    public const string OutOfReach = "out of reach";
    public const string Stalled = "stalled";
    public const string Awake = "awake";
    public const string Busy = "busy";
    public const string Live = "live";

    /// <summary>Nobody has connected to it yet.</summary>
    public const string Unknown = "unknown";

    /// <summary>It does not answer now, and may again.</summary>
    public static bool IsDoubtful(string state) => state is OutOfReach or Stalled;

    /// <summary>As a table shows it.</summary>
    public static Cell Show(string state) => Show(IsDoubtful(state), state);

    /// <param name="text">More than the bare word.</param>
    public static Cell Show(bool isDoubtful, string text) => isDoubtful ? new Cell($"! {text}", Look.Warning) : text == Unknown ? "not asked yet" : text;

    /// <remarks>The kernel is asked whether its laptop can be reached at this moment; nothing is sent.</remarks>
    public static string Of(Agent agent) => agent switch
    {
        { IsDead: true } => Dead,
        _ when agent.Reach?.Look() == Reach.Out => OutOfReach,
        { Health.IsStalled: true } => Stalled,
        { Health.IsBusy: true } => Busy,
        { Health.IsAwake: true } => Awake,
        { Listener: null } => Unknown,
        _ => Live,
    };
}
