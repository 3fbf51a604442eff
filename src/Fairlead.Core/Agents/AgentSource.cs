namespace Fairlead.Core.Agents;

/// <summary>How fairlead came to know an agent.</summary>
internal enum AgentSource
{
    /// <summary>Its socket stands where sshd puts the sockets of forwarded agents.</summary>
    Forwarded,

    /// <summary>A login's own SSH_AUTH_SOCK, told by <c>fairlead init</c>: how agents of other SSH servers are found.</summary>
    Registered,

    /// <summary>Listed in the configuration.</summary>
    Local,
}
