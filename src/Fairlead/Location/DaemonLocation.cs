namespace Fairlead.Location;

/// <summary>Where a daemon is, or would be.</summary>
/// <param name="Agent">The agent socket's place.</param>
/// <param name="State">The place of all its other files.</param>
internal sealed record DaemonLocation(SocketLocation Agent, StateLocation State)
{
    /// <summary>The value of SSH_AUTH_SOCK.</summary>
    public string Socket => Agent.Socket;
}
