using Fairlead.Core.Control;

namespace Fairlead.Output.Overview;

/// <summary>The tables that <c>status</c> and <c>watch</c> have in common.</summary>
internal static class StatusTables
{
    /// <param name="isWhole">Every agent and every login has a row of its own; otherwise every laptop.</param>
    public static void Add(Page page, StatusReport report, DateTimeOffset now, bool isWhole = false)
    {
        bool knowsLaptops = report.Agents.All(agent => agent is not { Laptop: null, Source: "forwarded" }); // a daemon before 0.2 does not
        if (isWhole || !knowsLaptops)
        {
            AddWhole(page, report, now);
        }
        else if (report.Agents.Count + report.Logins.Count > 0)
        {
            page.Gap().Table(["laptop", "agent", "keys", "terminals"], LaptopRow.Of(report, now));
        }

        if (report.Waiting.Count > 0)
        {
            page.Gap().Table(["waits for an agent", "since", "until"], report.Waiting.Select(waiting => Row(waiting, now)));
        }
    }

    private static void AddWhole(Page page, StatusReport report, DateTimeOffset now)
    {
        if (report.Agents.Count > 0)
        {
            page.Gap().Table(["agent", "kind", "state", "login"], report.Agents.Select(Row));
        }

        if (report.Logins.Count > 0)
        {
            page.Gap().Table(["login", "from", "terminals", "agent"], report.Logins.Select(login => Row(login, now)));
        }
    }

    private static Cell[] Row(AgentReport agent) => [agent.Name, agent.Source, AgentState.Show(agent.State), agent.Owner ?? ""];

    private static string[] Row(LoginReport login, DateTimeOffset now) =>
    [
        $"{login.User} ({login.Pid})".TrimStart(), // one that is just ending has no name any more
        login.From ?? (login.User.Length > 0 ? "not known" : ""),
        login.Terminals.Count == 0 ? "none" : string.Join(", ", login.Terminals.Select(terminal => Describe(terminal, now))),
        login.Agent ?? "no agent seen",
    ];

    private static string[] Row(WaitingReport waiting, DateTimeOffset now) =>
    [
        waiting.Pid > 0 ? $"{waiting.Command ?? "process"} ({waiting.Pid})" : "a process in another container",
        RelativeTime.Ago(waiting.Since, now),
        waiting.Until is { } until ? $"in {RelativeTime.For(until - now)}" : "one answers",
    ];

    private static string Describe(TerminalReport terminal, DateTimeOffset now) =>
        terminal.LastTyped is { } typed ? $"{terminal.Device} typed {RelativeTime.Ago(typed, now)}" : terminal.Device;
}
