using System.Net;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Probing;

/// <summary>Finds the TCP connection that an agent's login came over. It is read once: a login keeps its connection until its end.</summary>
internal sealed class ReachReader(BlockingWorker worker)
{
    /// <summary>Then the connection is not known, until somebody asks again.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    private readonly LoginReader logins = new();

    /// <summary>For agents of logins. Of one that has no process yet, or never has one (<c>ssh -N</c>), nothing is learned.</summary>
    public async ValueTask LearnAsync(Agent agent)
    {
        if (agent is { Source: not AgentSource.Local, Reach: null, Listener: { Pid: > 0 } listener }
            && ConnectionVariable.TryReadEnds(
                await worker.RunAsync(() => ConnectionOf(listener.Pid, agent.Path, agent.Registrants), ReadTimeout), out IPEndPoint? client, out IPEndPoint? server))
        {
            agent.Reach = Reachability.Over(local: server, peer: client);
        }
    }

    /// <summary>SSH_CONNECTION of the agent's login. Several that share it came over one connection, or it is not known whose agent it is.</summary>
    private string? ConnectionOf(int listener, string path, IReadOnlyList<int> registrants)
    {
        string?[] connections = [.. AgentOwnerReader.Read(listener, path, registrants).LoginPids.Select(pid => logins.Read(pid).Connection).Distinct()];
        return connections is [string only] ? only : null;
    }
}
