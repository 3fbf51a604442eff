using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>Gives the relay what the configuration says of it: at the start, and whenever the file is read again.</summary>
internal static class RelayConfiguration
{
    public static void Apply(Configuration configuration, AgentRegistry registry, RelayOptions options, RoutingOptions routing, AskingDesk desk)
    {
        registry.Configure(
            configuration.DiscoveryFolders,
            configuration.Agents.Select(agent => (agent.Name, agent.Socket)),
            configuration.Agents.Where(agent => agent.Role == AgentRole.Always).Select(agent => agent.Name).ToHashSet());
        options.AgentTimeouts = configuration.AgentTimeouts;
        options.HoldTimeouts = configuration.HoldTimeouts;
        options.AskTime = configuration.AskTime;
        options.MaxConversations = configuration.Conversations;
        options.MergesKeys = configuration.MergesKeys;
        options.AllowsForwardedChanges = configuration.AllowsForwardedChanges;
        routing.Configure(configuration.Fallback, configuration.Rules, configuration.Laptops);
        desk.KeepOnly(configuration.Rules);
    }

    /// <summary>Only what a file says of routes and rules.</summary>
    /// <param name="read">Null, or with mistakes: the rules stay as they are.</param>
    public static void RenewRules(ConfigurationResult? read, RoutingOptions routing)
    {
        if (read?.Configuration is Configuration now)
        {
            routing.Configure(now.Fallback, now.Rules, now.Laptops);
        }
    }
}
