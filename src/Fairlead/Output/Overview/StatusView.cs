using Fairlead.Core.Control;

namespace Fairlead.Output.Overview;

/// <summary>What <c>fairlead status</c> says: the answer first, then what it was chosen from.</summary>
internal static class StatusView
{
    /// <param name="obstacle">Why the shell's programs ask nobody, to be said where an agent would answer them; null when they do ask.</param>
    /// <param name="others">The pids of further daemons.</param>
    /// <param name="isWhole">Every agent and every login has a row of its own.</param>
    public static string Render(
        StatusReport report, DateTimeOffset now, OutputStyle style, string? obstacle = null, IReadOnlyList<int>? others = null, bool isWhole = false)
    {
        var page = new Page(style);
        AddAnswer(page, report);
        if (report.Here is not null && obstacle is not null)
        {
            page.Plain(obstacle);
        }

        if (report.Here is { Keys: 0, Hidden: > 0 })
        {
            page.Ending("", new Cell("! rules hide every key from this shell; 'fairlead why' names them", Look.Warning));
        }
        else if (report.Here is { Keys: 0 })
        {
            page.Ending("", new Cell("! it has no keys, or it is locked", Look.Warning));
            page.Plain(AddKeys(report.Agents.FirstOrDefault(agent => agent.Name == report.Here.Agent)));
        }

        if (report.Pinned is { State: not (AgentState.Live or AgentState.Unknown) } pinned)
        {
            page.Plain(Missing(pinned));
        }

        foreach (string note in Notes(report, others ?? []))
        {
            page.Plain(note);
        }

        StatusTables.Add(page, report, now, isWhole);
        if (report.Questions.Count > 0)
        {
            page.Gap().Table(["asks you", "until", "to answer"], report.Questions.Select(question => Row(question, now)));
        }

        if (report.Allowed.Count > 0)
        {
            page.Gap().Table(["you allowed", "until", "at"], report.Allowed.Select(allowed => Row(allowed, now)));
        }

        if (report.Healed.Count > 0)
        {
            page.Gap().Table(["old path", "since", "named by"], report.Healed.Select(healed => Row(healed, now)));
        }

        if (report.Direct.Count > 0)
        {
            page.Gap().Table(["past fairlead", "connected to"], report.Direct.Select(direct => new Cell[] { $"{direct.Command} ({direct.Pid})", direct.Socket }));
        }

        if (report.Refused.Count > 0)
        {
            page.Gap().Table(["not trusted", "because"], report.Refused.Select(refused => new Cell[] { new($"x {refused.Socket}", Look.Refused), refused.Reason }));
        }

        return page
            .Gap()
            .Plain($"socket {report.Socket}")
            .Plain($"fairlead {report.DaemonVersion}, pid {report.DaemonPid}, up {RelativeTime.For(now - report.Started)}, "
                + Plural.Of(report.Conversations, "conversation"))
            .ToString();
    }

    private static string AddKeys(AgentReport? agent) =>
        $"{(agent is { Source: "local" } ? "on this machine" : "on that laptop")}, type: ssh-add (or ssh-add -X, if you locked it)";

    private static IEnumerable<string> Notes(StatusReport report, IReadOnlyList<int> others) =>
        report.Troubles.Select(trouble => $"{trouble.What}; 'fairlead doctor' says more")
            .Concat(others.Select(pid => $"a second daemon of yours is running, pid {pid}: 'fairlead stop && fairlead start' leaves one"));

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

        page.Plain("log in with 'ssh -A' from where your keys are, and every pane can use them");
    }

    private static string Missing(IReadOnlyList<AgentReport> agents)
    {
        if (agents.FirstOrDefault(agent => agent.State == AgentState.Busy) is { } busy)
        {
            return $"{busy.Name} is waiting for its person: a touch, a PIN or a yes";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.Awake) is { } awake)
        {
            return $"{awake.Name} has been asked and has not answered yet; it may be asking its person first, for example to unlock it";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.OutOfReach) is { } away)
        {
            return $"{away.Name} is out of reach: its laptop may be asleep or without a network; fairlead uses it again as soon as it answers";
        }

        if (agents.FirstOrDefault(agent => agent.State == AgentState.Stalled) is { } stalled)
        {
            return $"{stalled.Name} is stalled: its laptop may be asleep; fairlead uses it again as soon as it answers";
        }

        return agents.Count == 0 ? "none of your logins forwards an agent, and none is configured"
            : agents.Any(agent => agent.State == AgentState.Live) ? "the live agents are not for this shell; 'fairlead why' explains it"
            : "none of the known agents is live";
    }

    /// <summary>Somebody else may answer meanwhile: the person should know that it is not the one they wanted.</summary>
    private static string Missing(PinReport pin) => pin.State switch
    {
        null => $"{pin.Agent} is pinned, and no login from there forwards an agent now",
        AgentState.Busy => $"{pin.Agent} is pinned, and is waiting for its person",
        var state => $"{pin.Agent} is pinned, and is {state} now",
    };

    private static string[] Row(QuestionReport question, DateTimeOffset now) =>
        [QuestionSentence.Of(question), $"in {RelativeTime.For(question.Until - now)}", $"fairlead answer {question.Number}"];

    private static string[] Row(GrantReport allowed, DateTimeOffset now) =>
        [QuestionSentence.Of(allowed.Question), $"in {RelativeTime.For(allowed.Until - now)}", allowed.Place];

    private static string[] Row(HealedReport healed, DateTimeOffset now) =>
        [healed.Socket, RelativeTime.Ago(healed.Since, now), healed.NamedBy is { } pid ? healed.NamedByCommand is { } command ? $"{command} ({pid})" : $"process {pid}" : ""];
}
