using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;
using Fairlead.Output;

namespace Fairlead.Handlers;

/// <summary>Turns a route and its facts into the records that <c>status</c> and <c>why</c> print. Pure.</summary>
internal static class RouteReports
{
    /// <summary>The program is read only where a rule asks for it.</summary>
    private static readonly CallerFacts[] Unreadable = [CallerFacts.Ancestors, CallerFacts.Environment, CallerFacts.Attachments, CallerFacts.Session];

    public static WhyReport Why(DryRunResult result, CallerName caller, DateTimeOffset now)
    {
        RouteFacts facts = result.Plan.Facts;
        var sentences = new RouteSentences(facts, caller.Subject, now);
        var misses = new MissSentences(facts, caller.Subject);
        IReadOnlyList<RuleFinding> rules = Router.Examine(facts);
        return new WhyReport
        {
            Caller = Describe(facts, caller),
            Rules = [.. rules.Select(rule => Describe(rule, result, sentences, misses))],
            Route = [.. result.Plan.Route.Steps.Where(step => step.Agent.IsUsable).Select(step => Describe(step, sentences, IsFirst(step, rules)))],
            Answer = Answer(result, caller.Subject, now),
            Denied = Denial(facts),
            Policy = PolicyReports.Of(result),
            Refused = [],
        };
    }

    /// <summary>Null when nobody answered.</summary>
    public static AnswerReport? Answer(DryRunResult result, string subject, DateTimeOffset now) => result.Step is not RouteStep step ? null : new AnswerReport
    {
        Agent = AgentName.Of(step.Agent, step.Login),
        Reason = step.Reason.Word(),
        Explanation = new RouteSentences(result.Plan.Facts, subject, now).Describe(step, IsFirst(step, Router.Examine(result.Plan.Facts))),
        Keys = result.Keys,
        Hidden = result.AllKeys > result.Keys ? result.AllKeys - result.Keys : null,
    };

    /// <summary>Null when the caller may be answered.</summary>
    public static string? Denial(RouteFacts facts) =>
        facts.Policy.Use is { Use.IsDenial: true } rule ? RouteSentences.Describe(rule) : null;

    private static bool IsFirst(RouteStep step, IReadOnlyList<RuleFinding> rules) =>
        rules.Any(rule => rule.Rule == step.Reason && rule.Steps is [RouteStep first, ..] && first.Agent == step.Agent);

    private static CallerReport Describe(RouteFacts facts, CallerName name) => new()
    {
        Pid = name.Pid,
        Command = name.Command,
        Subject = name.Subject,
        LoginPid = Router.Examine(facts).Single(rule => rule.Rule == RouteReason.OwnLogin).Steps is [RouteStep own, ..] ? own.Login?.Pid : null,
        Multiplexer = facts.Caller.Multiplexer is MultiplexerServer server ? MultiplexerName.Of(server) : null,
        Sessions = facts.Caller.SessionNames,
        MultiplexerPid = facts.Caller.Multiplexer?.Pid,
        From = facts.Caller.ClientAddress,
        Attachments = [.. facts.Caller.Attachments.Select(attachment => Describe(attachment, facts))],
        Unread = [.. Unreadable.Where(fact => facts.Caller.Unread.HasFlag(fact)).Select(fact => fact.ToString().ToLowerInvariant())],
    };

    private static AttachmentReport Describe(Attachment attachment, RouteFacts facts) => new()
    {
        Terminal = attachment.Terminal,
        From = Viewers.AddressOf(attachment, facts),
        LoginPid = attachment.LoginPid > 0 ? attachment.LoginPid : null,
        LastTyped = attachment.LastTyped,
        ShowsWindow = attachment.ShowsCallersWindow,
        ReadOnly = attachment.IsReadOnly,
    };

    private static RuleReport Describe(RuleFinding rule, DryRunResult result, RouteSentences sentences, MissSentences misses)
    {
        bool isDenial = rule.Rule == RouteReason.Rule && result.Plan.Facts.Policy.Use is { Use.IsDenial: true };
        return new RuleReport
        {
            Rule = rule.Rule.Word(),
            Matched = rule.Steps.Count > 0 || isDenial,
            Decided = isDenial || (result.Step is RouteStep answering && rule.Rule == (answering.Detour ?? answering).Reason),
            Explanation = rule.Steps is [RouteStep first, ..]
                ? sentences.Describe(first, isFirst: true) + (first.Agent.IsLoop ? ", which was made from this same host" : "")
                : misses.Describe(rule.Rule),
            Agents = [.. rule.Steps.Select(step => AgentName.Of(step.Agent, step.Login)).Distinct()], // several environments may name one
        };
    }

    private static RouteStepReport Describe(RouteStep step, RouteSentences sentences, bool isFirst) => new()
    {
        Agent = AgentName.Of(step.Agent, step.Login),
        Socket = step.Agent.Path,
        Reason = step.Reason.Word(),
        Explanation = sentences.Describe(step, isFirst),
        State = AgentState.Of(step.Agent),
        FromElsewhere = step.IsFromElsewhere,
    };
}
