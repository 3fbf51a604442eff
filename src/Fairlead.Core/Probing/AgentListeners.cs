using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Probing;

/// <summary>The processes that listen at the agents, and the logins that the agents belong to. Belongs to the loop.</summary>
internal sealed class AgentListeners(BlockingWorker worker, AgentRegistry registry, LoopDetector detector)
{
    /// <summary>After this time the agent belongs to no known login, until it is looked at again.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>The processes at which the logins with an agent begin, as far as they are known.</summary>
    public LoginPids LoginPids => PidsOf(registry.Agents);

    /// <summary>The processes at which logins from this machine itself begin: their agents lead back to us.</summary>
    public LoginPids LoopPids => PidsOf(registry.Loops);

    /// <summary>Both.</summary>
    public LoginPids AllPids => PidsOf(registry.Agents.Concat(registry.Loops));

    /// <summary>More than one login has an agent, so the owner of each must be known.</summary>
    public bool AreSeveral => registry.Agents.Count(agent => agent.Source != AgentSource.Local) > 1;

    /// <summary>Looks at the folders again, and asks no agent.</summary>
    public ValueTask RefreshAsync() => registry.RefreshAsync();

    /// <summary>
    /// One connection shows which process listens; an agent at which nothing listens any more leaves the registry. The owner of an agent is
    /// then read once.
    /// </summary>
    /// <param name="again">Looks again at servers that serve all logins from one process: their logins come and go while they stay.</param>
    public async ValueTask LearnAsync(bool again = false)
    {
        Agent[] unknown = [.. registry.Agents.Where(agent => agent.Listener is null)];
        if (unknown.Length > 0)
        {
            foreach (FirstContact contact in unknown.Select(detector.Probe).ToArray())
            {
                await contact.Connected.WaitAsync();
            }

            await registry.RefreshAsync();
        }

        await ReadOwnersAsync(agent => agent.Owner is null || (again && agent.Owner.IsServer));
    }

    private async ValueTask ReadOwnersAsync(Func<Agent, bool> isWanted)
    {
        (Agent Agent, int Listener)[] asked =
        [
            .. from agent in registry.Agents.Concat(registry.Loops)
               where agent.Source != AgentSource.Local && isWanted(agent)
               let pid = agent.Listener?.Pid ?? 0
               where pid > 0
               select (agent, pid),
        ];
        if (asked.Length > 0
            && await worker.RunAsync(() => asked.Select(known => AgentOwnerReader.Read(known.Listener, known.Agent.Path, known.Agent.Registrants)).ToArray(), ReadTimeout)
                is AgentOwner[] owners)
        {
            foreach (((Agent agent, _), AgentOwner owner) in asked.Zip(owners))
            {
                agent.Owner = owner;
            }
        }
    }

    private static LoginPids PidsOf(IEnumerable<Agent> agents)
    {
        Agent[] owned = [.. agents.Where(agent => agent.Owner is not null)];
        return new LoginPids(
            owned.SelectMany(agent => agent.Owner!.LoginPids),
            owned.Where(agent => agent.Owner!.IsServer).Select(agent => agent.Listener!.Value.Pid));
    }
}
