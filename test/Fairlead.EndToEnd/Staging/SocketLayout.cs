namespace Fairlead.EndToEnd.Staging;

/// <summary>Where sshd puts the forwarded agent's socket.</summary>
public enum SocketLayout
{
    /// <summary><c>/tmp/ssh-XXXXXXXXXX/agent.PID</c>, up to OpenSSH 10.0.</summary>
    TemporaryFolder,

    /// <summary><c>~/.ssh/agent/s.HOSTHASH.sshd.RANDOM</c>, from OpenSSH 10.1 on.</summary>
    HomeFolder,
}
