using Fairlead.Core.Agents;

namespace Fairlead.Core.Probing;

/// <summary>Who listens at the agents: for a forwarded one, its login's session process. Belongs to the loop.</summary>
internal sealed class AgentListeners(AgentRegistry registry, LoopDetector detector)
{
    /// <summary>The session processes of the logins that have an agent, as far as they are known.</summary>
    public HashSet<int> LoginPids => PidsOf(registry.Agents);

    /// <summary>The session processes of logins that were made from here: their agents lead back to us.</summary>
    public HashSet<int> LoopPids => PidsOf(registry.Loops);

    /// <summary>More than one login has an agent: whose it is must be known.</summary>
    public bool AreSeveral => registry.Agents.Count(agent => agent.Source != AgentSource.Local) > 1;

    /// <summary>Looks at the folders again, and asks nobody.</summary>
    public ValueTask RefreshAsync() => registry.RefreshAsync();

    /// <summary>Who listens is known by connecting once; an agent at which nobody listens any more drops out of the registry.</summary>
    public async ValueTask LearnAsync()
    {
        Agent[] unknown = [.. registry.Agents.Where(agent => agent.Listener is null)];
        if (unknown.Length == 0)
        {
            return;
        }

        foreach (FirstContact contact in unknown.Select(detector.Probe).ToArray())
        {
            await contact.Connected.WaitAsync();
        }

        await registry.RefreshAsync();
    }

    private static HashSet<int> PidsOf(IEnumerable<Agent> agents) =>
        [.. agents.Where(agent => agent.Source != AgentSource.Local).Select(agent => agent.Listener?.Pid ?? 0).Where(pid => pid > 0)];
}
