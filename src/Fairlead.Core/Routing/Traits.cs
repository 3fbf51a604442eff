using Fairlead.Core.Callers;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>What rules are told of a caller. Where the person is known to sit counts more than where the caller was started.</summary>
internal static class Traits
{
    public static CallerTraits Of(RouteFacts facts)
    {
        Caller caller = facts.Caller;
        RouteStep? leader = Router.Choose(facts with { Pinned = null, Verdict = null }).Leader;
        Login? login = leader is { IsCertain: true } ? leader.Login : null;
        bool hasLogin = leader?.Reason == RouteReason.OwnLogin || caller.Environments.Any(hint => hint.Connection is not null);
        return new CallerTraits(
            login?.ClientAddress ?? caller.ClientAddress,
            login?.User,
            caller.Folder,
            caller.Executable,
            IsBackground: !caller.HasTerminal && caller.Multiplexer is null && !hasLogin)
        {
            Sessions = caller.SessionNames,
        };
    }
}
