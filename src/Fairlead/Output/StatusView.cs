using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What <c>fairlead status</c> says: the answer first, then what it was chosen from.</summary>
internal static class StatusView
{
    public static string Render(StatusReport report, DateTimeOffset now, OutputStyle style)
    {
        var page = new Page(style);
        AddAnswer(page, report);
        if (report.Agents.Count > 0)
        {
            page.Gap().Table(["agent", "kind", "state", "login"], report.Agents.Select(Row));
        }

        if (report.Logins.Count > 0)
        {
            page.Gap().Table(["login", "from", "terminals", "agent"], report.Logins.Select(login => Row(login, now)));
        }

        if (report.Waiting.Count > 0)
        {
            page.Gap().Table(["waits for an agent", "since", "until"], report.Waiting.Select(waiting => Row(waiting, now)));
        }

        if (report.Healed.Count > 0)
        {
            page.Gap().Table(["old path", "since", "named by"], report.Healed.Select(healed => Row(healed, now)));
        }

        if (report.Refused.Count > 0)
        {
            page.Gap().Table(["not trusted", "because"], report.Refused.Select(refused => new[] { refused.Socket, refused.Reason }));
        }

        return page
            .Gap()
            .Plain($"socket {report.Socket}")
            .Plain($"fairlead {report.DaemonVersion}, pid {report.DaemonPid}, up {RelativeTime.For(now - report.Started)}, "
                + Plural.Of(report.Conversations, "conversation"))
            .ToString();
    }

    private static void AddAnswer(Page page, StatusReport report)
    {
        if (report.Here is { } here)
        {
            string keys = here.Keys is { } count ? $", {Plural.Of(count, "key")}" : "";
            page.Line(here.Agent, $" answers here: {here.Explanation}{keys}");
            return;
        }

        if (report.Denied is { } denial)
        {
            page.Line("no agent answers here", $": {denial}");
            return;
        }

        page.Line("no agent answers here", $": {Missing(report.Agents)}");
        page.Plain("log in with 'ssh -A' from where your keys are, and every pane has them");
    }

    private static string Missing(IReadOnlyList<AgentReport> agents)
    {
        if (agents.FirstOrDefault(agent => agent.State == AgentState.Busy) is { } busy)
        {
            return $"{busy.Name} waits for a person, for a touch, a PIN or a yes";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.Stalled) is { } silent)
        {
            return $"{silent.Name} is silent, like that of a laptop that sleeps; it is used again as soon as it answers";
        }

        return agents.Count == 0 ? "no login brings one, and the configuration names none" : "none of those known is alive";
    }

    private static string[] Row(AgentReport agent) => [agent.Name, agent.Source, agent.State, agent.Owner ?? ""];

    private static string[] Row(LoginReport login, DateTimeOffset now) =>
    [
        $"{login.User} ({login.Pid})",
        login.From ?? "",
        login.Terminals.Count == 0 ? "none" : string.Join(", ", login.Terminals.Select(terminal => Describe(terminal, now))),
        login.Agent ?? "no agent forwarded",
    ];

    private static string[] Row(HealedReport healed, DateTimeOffset now) =>
        [healed.Socket, RelativeTime.Ago(healed.Since, now), healed.NamedBy is { } pid ? $"process {pid}" : ""];

    private static string[] Row(WaitingReport waiting, DateTimeOffset now) =>
    [
        waiting.Pid > 0 ? $"{waiting.Command ?? "process"} ({waiting.Pid})" : "a process in another container",
        RelativeTime.Ago(waiting.Since, now),
        waiting.Until is { } until ? $"in {RelativeTime.For(until - now)}" : "one answers",
    ];

    private static string Describe(TerminalReport terminal, DateTimeOffset now) =>
        terminal.LastTyped is { } typed ? $"{terminal.Device} typed {RelativeTime.Ago(typed, now)}" : terminal.Device;
}
