using Fairlead.Core.Callers;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;

namespace Fairlead.Output;

/// <summary>Why a rule found no agent.</summary>
/// <param name="subject">What the caller is called: "this shell", "ssh".</param>
internal sealed class MissSentences(RouteFacts facts, string subject)
{
    private const string Forbidden = "[routing] fallback = \"none\" in the configuration forbids it";

    private Caller Caller => facts.Caller;

    private string Session => RouteSentences.SessionOf(Caller);

    private bool IsServer => Caller.Multiplexer?.Kind is ConnectedServer;

    private bool IsUnknown => Caller.Ancestors.Count == 0;

    private bool IsViewUnread => Caller.Attachments.Count == 0 && Caller.Unread.HasFlag(CallerFacts.Attachments);

    public string Describe(RouteReason rule) => rule switch
    {
        RouteReason.Rule => Rule(),
        _ when facts.Policy.Use is { Use.IsDenial: true } => "not asked",
        RouteReason.Pinned => "nothing is pinned",
        RouteReason.OwnLogin => OwnLogin(),
        RouteReason.Attached => Attached(),
        RouteReason.LastAttached => LastAttached(),
        RouteReason.Environment => Environment(),
        RouteReason.MostRecentlyTyped => MostRecentlyTyped(),
        RouteReason.Local => Local(),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    private string Rule() => facts.Policy.Use switch
    {
        null => $"no rule in the configuration chooses an agent for {subject}",
        { Use.IsDenial: true } denial => RouteSentences.Describe(denial),
        var rule => $"a rule in the configuration chooses {rule.Use}, which is not there now (line {rule.Line}: {rule.When})",
    };

    private string OwnLogin()
    {
        if (IsUnknown)
        {
            return $"fairlead cannot see {subject}: {(Caller.Pid == 0 ? "it runs in another container" : "it has ended, or is hidden here")}";
        }

        if (Caller.Unread.HasFlag(CallerFacts.Ancestors))
        {
            return $"{subject} runs below process {Caller.Ancestors[^1]}, which is hidden here and is not a login that forwards an agent";
        }

        return Caller.Multiplexer is not null
            ? $"{(IsServer ? Session : MultiplexerName.Of(Caller.Multiplexer))} is between {subject} and the login that started it, and outlives logins"
            : $"{subject} does not run in a login that forwards an agent";
    }

    private string Attached()
    {
        if (IsViewUnread)
        {
            return Unseen();
        }

        if (Caller.Multiplexer is null)
        {
            string unseen = Caller.TcpServer > 0
                ? $"; the server above it (process {Caller.TcpServer}) is reached over TCP, and fairlead cannot see from where"
                : "";
            return $"{subject} does not run in tmux, screen or the like{unseen}";
        }

        return Caller.Attachments.Count == 0
            ? $"{Session} is shown on no terminal now"
            : $"{Session} is {Shown()}, and no login there forwards an agent";
    }

    private string Unseen() => Caller.Multiplexer is null
        ? $"fairlead cannot see whether {subject} runs in tmux, screen or the like"
        : $"fairlead cannot see where {Session} is shown: {Why(Caller.Obstacle)}";

    private static string Why(Obstacle obstacle) => obstacle switch
    {
        Obstacle.AnotherUsers => "it is another user's",
        Obstacle.ClosedFiles => "its open files cannot be read",
        _ => "it did not answer",
    };

    private string LastAttached()
    {
        if (IsViewUnread && Caller.Multiplexer is null)
        {
            return Unseen();
        }

        if (Caller.Multiplexer is null)
        {
            return $"{subject} does not run in tmux, screen or the like";
        }

        return Caller.Attachments.Count > 0
            ? $"{Session} is {Shown()} now"
            : "no login with an agent that is still here was attached to it before";
    }

    /// <summary>Mostly it names fairlead's own socket, which is no agent.</summary>
    private string Environment()
    {
        if (Caller.Unread.HasFlag(CallerFacts.Environment) && Caller.Environments.Count == 0)
        {
            return $"the environment of {subject} cannot be read";
        }

        if (facts.Fallback != FallbackMode.Any && RouteRules.Environment(facts with { Fallback = FallbackMode.Any }).Any())
        {
            return $"{Session} is shown somewhere other than where {subject} was started, and [routing] fallback = \"{facts.Fallback.Word()}\" allows no other";
        }

        if (facts.Agents.Any(agent => Caller.Environments.Any(hint => hint.AgentPath == agent.Agent.Path)))
        {
            return $"SSH_AUTH_SOCK of {subject} names an agent that now belongs to another login: {subject} was started from the one in its SSH_CONNECTION";
        }

        return Caller.Environments.All(hint => hint.Connection is null)
            ? $"the environment of {subject} names no login and no agent that is here"
            : $"no login that the environment of {subject} names is still here with an agent";
    }

    private string MostRecentlyTyped()
    {
        if (facts.Agents.All(agent => agent.IsLocal))
        {
            return "no login here forwards an agent";
        }

        return facts.Fallback switch
        {
            FallbackMode.None => Forbidden,
            FallbackMode.SameOrigin when facts.Origins.Count == 0 && Caller.Attachments.Count > 0 =>
                $"fairlead does not know where the people looking at {Session} come from, and [routing] fallback = \"same-origin\" allows no other",
            FallbackMode.SameOrigin when facts.Origins.Count == 0 =>
                $"fairlead does not know where {subject} came from, and [routing] fallback = \"same-origin\" allows no other",
            _ => $"no login from {string.Join(" or ", facts.Origins)} forwards an agent, and [routing] fallback = \"same-origin\" allows no other",
        };
    }

    private string Local()
    {
        if (!facts.Agents.Any(agent => agent.IsLocal))
        {
            return "no configured agent is there";
        }

        return facts.Fallback == FallbackMode.None ? Forbidden : "[routing] fallback = \"same-origin\" in the configuration forbids it";
    }

    private string Shown() => $"{(IsServer ? "used from" : "shown on")} {Terminals()}";

    private string Terminals() => string.Join(", ", Caller.Attachments.Select(RouteSentences.PlaceOf).Distinct());
}
