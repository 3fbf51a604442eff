using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>The processes at which logins begin, and where the climb from a caller ends.</summary>
/// <remarks>
/// With OpenSSH a login begins at its session process, which listens for the login's agent. A server that serves all logins from one
/// process (Tailscale, Teleport, asyncssh, Dropbear for the sessions of one connection) listens for all their agents; each of its children
/// begins a login, with an agent or without.
/// </remarks>
/// <param name="known">The processes at which the logins with an agent begin.</param>
/// <param name="servers">The servers that serve all logins from one process; null for none.</param>
internal sealed class LoginPids(IEnumerable<int> known, IEnumerable<int>? servers = null) : IEquatable<LoginPids>
{
    public static readonly LoginPids None = new([]);

    private readonly HashSet<int> known = [.. known];
    private readonly HashSet<int> servers = [.. servers ?? []];

    public IReadOnlySet<int> Known => known;

    public IReadOnlySet<int> Servers => servers;

    /// <summary>
    /// A session process may be hidden (hidepid), so its pid must do; the parent identifies a child of a server, with an agent or without.
    /// </summary>
    public bool Contains(int pid) => known.Contains(pid);

    /// <summary>Whether a login begins at this process.</summary>
    public bool Contains(ProcessStat process) => known.Contains(process.Pid) || servers.Contains(process.Parent);

    /// <summary>Whether it is a child of a server, and so the process that the login's first program runs in.</summary>
    public bool IsBelowServer(ProcessStat process) => servers.Contains(process.Parent);

    public bool IsServer(int pid) => servers.Contains(pid);

    /// <summary>These and others.</summary>
    public LoginPids With(IEnumerable<int> others) => new(known.Concat(others), servers);

    public bool Equals(LoginPids? other) => other is not null && known.SetEquals(other.known) && servers.SetEquals(other.servers);

    public override bool Equals(object? obj) => Equals(obj as LoginPids);

    public override int GetHashCode() => HashCode.Combine(known.Count, servers.Count);
}
