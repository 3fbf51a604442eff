namespace Fairlead.Settings;

/// <summary>When an agent of the configuration answers.</summary>
internal enum AgentRole
{
    /// <summary>When no login's agent does.</summary>
    Fallback,

    /// <summary>The same, and its keys are in every list, whoever leads; not in those for hosts reached with <c>ssh -A</c>.</summary>
    Always,
}
