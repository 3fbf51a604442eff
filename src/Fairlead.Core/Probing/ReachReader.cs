using System.Net;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Probing;

/// <summary>
/// Finds the TCP connection of an agent's login, and so the agent's origin. Read once, because a login keeps its connection until its end.
/// </summary>
internal sealed class ReachReader(BlockingWorker worker)
{
    /// <summary>After this time the connection is not known, until something asks again.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    private readonly LoginReader logins = new();

    /// <summary>
    /// For agents of logins. If the login has no process yet, or never has one (<c>ssh -N</c>), the connection stays unknown.
    /// </summary>
    public async ValueTask LearnAsync(Agent agent)
    {
        if (agent is not { Source: not AgentSource.Local, Reach: null, Listener: { Pid: > 0 } listener })
        {
            return;
        }

        AgentOwner? known = agent.Owner is { IsServer: false } ? agent.Owner : null; // the logins of a server come and go
        (AgentOwner? Owner, string? Connection) read = await worker.RunAsync(
            () =>
            {
                AgentOwner owner = known ?? AgentOwnerReader.Read(listener.Pid, agent.Path, agent.Registrants);
                return (owner, ConnectionOf(owner));
            },
            ReadTimeout);
        agent.Owner = read.Owner ?? agent.Owner;
        if (ConnectionVariable.TryReadEnds(read.Connection, out IPEndPoint? client, out IPEndPoint? server))
        {
            agent.Reach = Reachability.Over(local: server, peer: client);
        }
    }

    /// <summary>
    /// SSH_CONNECTION of the agent's login. Several logins must share one connection, otherwise the agent's owner is not known.
    /// </summary>
    private string? ConnectionOf(AgentOwner owner)
    {
        string?[] connections = [.. owner.LoginPids.Select(pid => logins.Read(pid).Connection).Distinct()];
        return connections is [string only] ? only : null;
    }
}
