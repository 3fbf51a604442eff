using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Planning;

/// <summary>The agent that the person pinned, by its socket: another one bound at the same path is another agent.</summary>
internal sealed record Pin(string Path, FileIdentity Identity, DateTimeOffset Created)
{
    public static Pin Of(Agent agent) => new(agent.Path, agent.Identity, agent.Created);
}
