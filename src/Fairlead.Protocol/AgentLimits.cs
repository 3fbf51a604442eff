namespace Fairlead.Protocol;

/// <summary>
/// Limits that keep one peer from costing more than its share. They are OpenSSH's, so everything that an agent accepts passes.
/// </summary>
public static class AgentLimits
{
    /// <summary>Longest message in bytes, its type included, its length field not (ssh-agent.c and authfd.c: 256 KiB each way).</summary>
    public const int MaxMessageLength = 256 * 1024;

    /// <summary>
    /// Binds that one connection can hold (ssh-agent.c, AGENT_MAX_SESSION_IDS): an agent would not accept more of them on a new connection.
    /// </summary>
    public const int MaxSessionBinds = 16;

    /// <summary>
    /// Longest session identifier in bytes (ssh-agent.c, AGENT_MAX_SID_LEN). Readers here do not enforce it: refusing a bind is the
    /// agent's decision, and a bind that is not passed on would make a remote request look local.
    /// </summary>
    public const int MaxSessionIdLength = 128;
}
