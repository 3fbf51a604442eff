namespace Fairlead.Setup;

/// <summary>When an agent of the configuration answers.</summary>
internal enum AgentRole
{
    /// <summary>When no login's agent does.</summary>
    Fallback,
}
