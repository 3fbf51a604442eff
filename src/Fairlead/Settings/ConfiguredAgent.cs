namespace Fairlead.Settings;

/// <summary>An agent that the configuration names: <c>[[agent]]</c>.</summary>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record ConfiguredAgent(string Name, string Socket, AgentRole Role, int Line);

/// <summary>When an agent of the configuration answers.</summary>
internal enum AgentRole
{
    /// <summary>When no login's agent does.</summary>
    Fallback,

    /// <summary>When no login's agent does; and its keys are in every list, whoever leads; not in those for hosts reached with <c>ssh -A</c>.</summary>
    Always,
}
