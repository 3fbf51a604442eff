using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Agents;

/// <summary>The owner of an agent: the logins that its listener works for.</summary>
/// <param name="IsServer">The listener serves all logins from one process: each of its children begins one.</param>
/// <param name="Logins">
/// The processes at which the agent's logins begin: the listener itself, or the children of a server that have this agent. None if that is
/// not known.
/// </param>
internal sealed record AgentOwner(bool IsServer, IReadOnlyList<ProcessIdentity> Logins)
{
    public static readonly AgentOwner Unknown = new(IsServer: false, []);

    /// <summary>
    /// A server outlives its children, and other processes may get their pids. A listener's own pid lasts as long as its agent: both end
    /// together.
    /// </summary>
    public IEnumerable<int> LoginPids => Logins.Where(login => !IsServer || ProcessIdentity.Of(login.Pid) == login).Select(login => login.Pid);
}
