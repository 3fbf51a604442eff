using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What <c>fairlead why</c> says: the answer, who asks, each rule, and the order that comes of it.</summary>
internal static class WhyView
{
    /// <summary>Refused questions that are told.</summary>
    private const int MostRefused = 3;

    public static string Render(WhyReport report, OutputStyle style, DateTimeOffset now)
    {
        var page = new Page(style);
        AddAnswer(page, report);
        page.Gap()
            .Plain($"who asks: {Describe(report.Caller)}");
        if (report.OldPath is { } path)
        {
            page.Plain($"reaches fairlead at {path}: the agent there is gone, and fairlead listens in its place");
        }

        foreach (PolicyReport policy in report.Policy)
        {
            page.Plain($"{policy.About}: {policy.Explanation}");
        }

        foreach (RefusedQuestionReport refused in report.Unanswered.Take(MostRefused))
        {
            page.Plain($"not signed: {QuestionSentence.Of(refused, now)}");
        }

        page.Gap()
            .Table(["", "rule", "because"], report.Rules.Select(Row));
        if (report.Route.Count > 0)
        {
            page.Gap().Table(["order", "agent", "because"], report.Route.Select((step, place) => Row(step, place + 1)));
        }

        if (report.Refused.Count > 0)
        {
            page.Gap().Table(["not trusted", "because"], report.Refused.Select(refused => new Cell[] { new($"x {refused.Socket}", Look.Refused), refused.Reason }));
        }

        if (report.Answer is null)
        {
            page
                .Gap()
                .Prose("An agent is the program that holds your ssh keys, usually on your own laptop; ssh asks it to prove who you are.")
                .Prose("fairlead tries the rules from top to bottom, and asks the agents in the order that they give.");
        }

        return page.ToString();
    }

    private static void AddAnswer(Page page, WhyReport report)
    {
        if (report.Answer is not { } answer)
        {
            string why = report.Denied ?? (report.Route.Count == 0 ? "no rule finds one" : "none of the agents below did when fairlead asked");
            page.Line($"no agent answers {report.Caller.Subject}", $": {why}");
            return;
        }

        string keys = answer.Keys is { } count ? $", {Plural.Of(count, "key")}" : "";
        page.Line(answer.Agent, $" answers {report.Caller.Subject}: {answer.Explanation}{keys}");
    }

    private static string Describe(CallerReport caller)
    {
        var parts = new List<string>
        {
            caller.Command is { } command ? $"{command} (process {caller.Pid})"
                : caller.Pid > 0 ? $"process {caller.Pid}"
                : "a process in another container",
        };
        if (caller.LoginPid is { } login)
        {
            parts.Add($"in login {login}");
        }

        if (caller.Multiplexer is { } multiplexer)
        {
            string terminals = string.Join(", ", caller.Attachments.Select(Describe).Distinct());
            bool isConnected = caller.Attachments.Any(attachment => attachment.Terminal is "");
            string shown = isConnected ? $"used from {terminals}"
                : terminals.Length > 0 ? $"shown on {terminals}"
                : caller.Unread.Contains("attachments") ? "shown somewhere that fairlead cannot see" : "detached";
            string sessions = caller.Sessions.Count > 0 ? $" session {string.Join(", ", caller.Sessions)}" : "";
            parts.Add($"{(isConnected ? "below the" : "in")} {multiplexer}{sessions} (process {caller.MultiplexerPid}), {shown}");
        }

        if (caller.From is { } from)
        {
            parts.Add($"started from {from}");
        }

        return string.Join(", ", parts);
    }

    private static string Describe(AttachmentReport attachment) =>
        (attachment.Terminal is "" ? "a login without a terminal" : attachment.Terminal) + (attachment.From is { } from ? $" from {from}" : "");

    private static string[] Row(RuleReport rule) =>
    [
        rule.Decided ? "decides" : rule.Matched ? "also fits" : "no",
        rule.Rule.Replace('-', ' '),
        rule.Agents.Count > 0 ? $"{string.Join(", ", rule.Agents)}: {rule.Explanation}" : rule.Explanation,
    ];

    private static Cell[] Row(RouteStepReport step, int place) =>
        [$"{place}.", AgentState.IsDoubtful(step.State) ? new Cell($"! {step.Agent}", Look.Warning) : step.Agent, step.Explanation + Now(step.State)];

    private static string Now(string state) => state switch
    {
        AgentState.OutOfReach => "; it is out of reach now",
        AgentState.Stalled => "; it is stalled now",
        AgentState.Awake => "; it has not answered yet, and may be asking its person",
        AgentState.Busy => "; it is waiting for its person",
        _ => "",
    };
}
