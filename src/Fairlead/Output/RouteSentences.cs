using Fairlead.Core.Callers;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Output;

/// <summary>Why an agent stands in a route, from the facts that it was chosen by, for people who never looked inside ssh.</summary>
/// <param name="subject">What the caller is called: "this shell", "ssh".</param>
internal sealed class RouteSentences(RouteFacts facts, string subject, DateTimeOffset now)
{
    private string Session => SessionOf(facts.Caller);

    /// <summary>"the tmux session main"; of an editor's or coding agent's server "the server above it (process 4711)".</summary>
    public static string SessionOf(Caller caller)
    {
        if (caller.Multiplexer is { Kind: ConnectedServer } server)
        {
            return $"the server above it (process {server.Pid})";
        }

        string name = caller.SessionNames is [string only] ? $" {only}" : "";
        return $"the {MultiplexerName.Of(caller.Multiplexer)} session{name}";
    }

    /// <summary>Where a person sits who uses the caller: at a terminal, or at a program of their own that is connected to the caller's server.</summary>
    public static string PlaceOf(Attachment attachment) => attachment.Terminal.Length > 0 ? attachment.Terminal : "a login without a terminal";

    /// <summary>"a rule in the configuration chooses it (line 12: background = true)".</summary>
    public static string Describe(PolicyRule rule)
    {
        string what = rule switch
        {
            { IsAssumed: true } => "denied, because a rule in the configuration might match: its conditions could not be read",
            { Use.IsDenial: true } => "denied by a rule in the configuration",
            _ => "a rule in the configuration chooses it",
        };
        return $"{what} (line {rule.Line}: {rule.When})";
    }

    /// <summary>Ends a sentence that begins with the agent: "... answers here:".</summary>
    /// <param name="isFirst">Its rule found no better one.</param>
    public string Describe(RouteStep step, bool isFirst) => step.Detour is null
        ? Reason(step, isFirst)
        : $"{subject} runs in a login from this same host; where that login was started, {step.Reason.Describe()}";

    private string Reason(RouteStep step, bool isFirst) => step.Reason switch
    {
        RouteReason.Pinned => "it is pinned, until 'fairlead unpin'",
        RouteReason.Rule => Describe(facts.Policy.Use!),
        RouteReason.OwnLogin => $"{subject} belongs to its login",
        RouteReason.Attached => Attached(step.Attachment!),
        RouteReason.LastAttached => $"{Session} is detached, and this login was attached to it most recently",
        RouteReason.Environment => Environment(step),
        RouteReason.MostRecentlyTyped => MostRecentlyTyped(step, isFirst) + (step.IsFromElsewhere ? "; this is another laptop's agent" : ""),
        RouteReason.Local when step.Agent.IsAlways => "the configuration adds its keys to every list",
        RouteReason.Local => "it is configured for when no login's agent answers"
            + (step.IsFromElsewhere ? "; this is not your laptop's agent" : ""),
        _ => step.Reason.Describe(),
    };

    private string Attached(Attachment attachment)
    {
        string? ago = attachment.LastTyped is DateTimeOffset moment ? RelativeTime.Ago(moment, now) : null;
        string typed = attachment switch
        {
            { IsReadOnly: true } => ", read-only",
            { IsTypist: true } => $", where you typed most recently{(ago is null ? "" : $" ({ago})")}",
            _ => ago is null ? "" : $", where you typed {ago}",
        };
        return attachment.Terminal.Length > 0
            ? $"its login is attached to {Session} on {attachment.Terminal}{typed}"
            : $"a program in its login is connected to {Session}{Since(attachment)}";
    }

    /// <summary>Of several the newest counts.</summary>
    private string Since(Attachment attachment) =>
        facts.Caller.Attachments.Count > 1 && attachment.LastTyped is DateTimeOffset moment ? $", for {RelativeTime.For(now - moment)}" : "";

    private string Environment(RouteStep step)
    {
        EnvironmentHint hint = step.Environment!;
        string who = hint.Pid == facts.Caller.Pid ? subject : $"process {hint.Pid} above {subject}";
        string variable = hint.AgentPath == step.Agent.Path ? "SSH_AUTH_SOCK" : "SSH_CONNECTION";
        return $"{who} was started from there, according to its environment ({variable})";
    }

    private string MostRecentlyTyped(RouteStep step, bool isFirst)
    {
        string typed = step.Login?.LastTyped is DateTimeOffset moment ? $"you typed in {RelativeTime.Ago(moment, now)}" : "without a terminal";
        if (step is { Login: null, Agent.Owner.IsServer: true })
        {
            return "it is not known whose agent this is: its server is one process for several logins";
        }

        if (!isFirst)
        {
            return $"a login {typed}";
        }

        if (facts.Agents.Count(agent => !agent.IsLocal) == 1)
        {
            return "no other login has an agent";
        }

        return new AgentFacts(step.Agent, step.Login).IsFrom(facts.Origins)
            ? $"it comes from {step.Login!.ClientAddress}, {(facts.Caller.Attachments.Count > 0 ? $"where somebody looks at {Session}" : $"as {subject} does")}"
            : step.Login?.LastTyped is null ? "it is the newest of the logins with an agent" : $"of the logins with an agent you typed in this one most recently, {typed["you typed in ".Length..]}";
    }
}
