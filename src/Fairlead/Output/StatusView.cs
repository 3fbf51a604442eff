using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What <c>fairlead status</c> says: the answer first, then what it was chosen from.</summary>
internal static class StatusView
{
    /// <param name="obstacle">Why the shell's programs ask nobody, to be said where an agent would answer them; null when they do ask.</param>
    public static string Render(StatusReport report, DateTimeOffset now, OutputStyle style, string? obstacle = null)
    {
        var page = new Page(style);
        AddAnswer(page, report);
        if (report.Here is not null && obstacle is not null)
        {
            page.Plain(obstacle);
        }

        if (report.Pinned is { State: not (AgentState.Live or "unknown") } pinned)
        {
            page.Plain(Missing(pinned));
        }

        StatusTables.Add(page, report, now);
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
        if (report.Agents.Any(agent => agent.State is AgentState.Awake or AgentState.Busy))
        {
            return; // its person has logged in so, and is asked
        }

        page.Plain("log in with 'ssh -A' from where your keys are, and every pane has them");
    }

    private static string Missing(IReadOnlyList<AgentReport> agents)
    {
        if (agents.FirstOrDefault(agent => agent.State == AgentState.Busy) is { } busy)
        {
            return $"{busy.Name} waits for a person, for a touch, a PIN or a yes";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.Awake) is { } awake)
        {
            return $"{awake.Name} has been asked and has not answered yet; its person may be asked first, to unlock it, say";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.OutOfReach) is { } away)
        {
            return $"{away.Name} is out of reach, like that of a laptop that sleeps or has no network; it is used again as soon as it answers";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.Stalled) is { } stalled)
        {
            return $"{stalled.Name} is stalled, like that of a laptop that sleeps; it is used again as soon as it answers";
        }

        return agents.Count == 0 ? "no login is seen to bring one, and the configuration names none"
            : agents.Any(agent => agent.State == AgentState.Live) ? "none of those that are live is for this shell; 'fairlead why' says the reason"
            : "none of those known is live";
    }

    /// <summary>Somebody else may answer meanwhile: the person should know that it is not the one they wanted.</summary>
    private static string Missing(PinReport pin) => pin.State switch
    {
        null => $"{pin.Agent} is pinned, and no login from there forwards an agent now",
        AgentState.Busy => $"{pin.Agent} is pinned, and waits for a person",
        var state => $"{pin.Agent} is pinned, and is {state} now",
    };

    private static string[] Row(HealedReport healed, DateTimeOffset now) =>
        [healed.Socket, RelativeTime.Ago(healed.Since, now), healed.NamedBy is { } pid ? $"process {pid}" : ""];
}
