using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Agents;

/// <summary>Whose agent it is: the logins that an agent's listener works for.</summary>
/// <param name="IsServer">The listener is one process for all logins: each of its children begins one.</param>
/// <param name="Logins">
/// The processes at which the agent's logins begin: the listener itself, or those children of a server that were given this agent. None when that is not known.
/// </param>
internal sealed record AgentOwner(bool IsServer, IReadOnlyList<ProcessIdentity> Logins)
{
    public static readonly AgentOwner Unknown = new(IsServer: false, []);

    /// <summary>A server outlives its children, whose pids may be used again. A listener's own is its agent's: both end together.</summary>
    public IEnumerable<int> LoginPids => Logins.Where(login => !IsServer || ProcessIdentity.Of(login.Pid) == login).Select(login => login.Pid);
}
