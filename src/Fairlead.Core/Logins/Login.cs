namespace Fairlead.Core.Logins;

/// <summary>One server-side session process, its terminals and where it comes from.</summary>
/// <param name="Pid">The session process: the one that listens for the forwarded agent.</param>
/// <param name="User">As its title names it, or, where its process is hidden, a child's USER; null when its title is not sshd's.</param>
/// <param name="Connection">SSH_CONNECTION of a process of the login; null when none can be read.</param>
internal sealed record Login(int Pid, string? User, IReadOnlyList<Terminal> Terminals, string? Connection)
{
    /// <summary>The person's machine.</summary>
    public string? ClientAddress => ConnectionVariable.ClientAddressOf(Connection);

    /// <summary>When somebody last typed on any of its terminals; null for a login without a terminal.</summary>
    public DateTimeOffset? LastTyped => Terminals.Max(terminal => terminal.LastTyped);
}
