using Fairlead.Core.Control;

namespace Fairlead.Output.Overview;

/// <summary>One row of the short table: a laptop with all its logins, or an agent of this machine.</summary>
internal static class LaptopRow
{
    /// <summary>Terminals that are named; of more there is the number.</summary>
    private const int MaxTerminals = 3;

    /// <summary>The laptop that was typed on most recently first, then agents of this machine.</summary>
    public static IEnumerable<Cell[]> Of(StatusReport report, DateTimeOffset now)
    {
        ILookup<string, AgentReport> agents = report.Agents.Where(agent => agent.Laptop is not null).ToLookup(agent => agent.Laptop!);
        ILookup<string, LoginReport> logins = report.Logins.ToLookup(login => login.Laptop ?? login.From ?? login.User);
        IEnumerable<Cell[]> laptops =
            from laptop in agents.Select(known => known.Key).Union(logins.Select(known => known.Key))
            orderby logins[laptop].SelectMany(login => login.Terminals).Max(terminal => terminal.LastTyped) descending
            select Of(laptop, [.. agents[laptop]], [.. logins[laptop]], now);
        return laptops.Concat(report.Agents.Where(agent => agent.Laptop is null).Select(OfThisMachine));
    }

    private static Cell[] Of(string laptop, AgentReport[] agents, LoginReport[] logins, DateTimeOffset now) =>
    [
        Name(laptop, logins),
        agents.Length == 0 ? "forwards none" : States(agents),
        Keys(agents),
        Terminals(logins, now),
    ];

    private static Cell[] OfThisMachine(AgentReport agent) => [agent.Name, States([agent]), Keys([agent]), agent.Source == "local" ? "configured" : agent.Source];

    /// <summary>A name of the person's own stands beside the address, which ssh and sshd's log know.</summary>
    private static string Name(string laptop, LoginReport[] logins)
    {
        string[] addresses = [.. logins.Select(login => login.From).OfType<string>().Distinct()];
        return laptop.Length == 0 ? "not known" // one that is just ending has no name any more
            : addresses is [string only] && !laptop.StartsWith(only, StringComparison.Ordinal) ? $"{laptop} ({only})"
            : laptop;
    }

    /// <summary>"live"; of several that are not alike "7 live, 1 stalled".</summary>
    private static Cell States(AgentReport[] agents)
    {
        (string State, int Count)[] states = [.. agents.GroupBy(agent => agent.State).Select(alike => (alike.Key, alike.Count())).OrderByDescending(alike => alike.Item2)];
        string text = states is [var only] ? only.State : string.Join(", ", states.Select(alike => $"{alike.Count} {alike.State}"));
        return AgentState.Show(states.Any(alike => AgentState.IsDoubtful(alike.State)), text);
    }

    /// <summary>One that has keys speaks for the others of its laptop: what they listed may be older.</summary>
    private static Cell Keys(AgentReport[] agents) => agents.Where(agent => agent.Keys is not null).MaxBy(agent => agent.Keys) switch
    {
        null => agents.Any(agent => agent.State != AgentState.Unknown) ? "not listed yet" : "",
        { Keys: 0 } => new Cell("! no keys", Look.Warning),
        { Comment: { } comment } agent => $"{Plural.Of(agent.Keys!.Value, "key")}: {comment}",
        var agent => Plural.Of(agent.Keys!.Value, "key"),
    };

    private static string Terminals(LoginReport[] logins, DateTimeOffset now)
    {
        TerminalReport[] typed = [.. logins.SelectMany(login => login.Terminals).OrderByDescending(terminal => terminal.LastTyped)];
        int without = logins.Count(login => login.Terminals.Count == 0);
        IEnumerable<string> named = typed.Take(MaxTerminals).Select((terminal, place) => place == 0 ? Describe(terminal, now) : terminal.Device);
        string[] parts =
        [
            .. named,
            .. typed.Length > MaxTerminals ? [$"{typed.Length - MaxTerminals} more"] : Array.Empty<string>(),
            .. without == 0 ? Array.Empty<string>() : without == 1 ? ["a login without a terminal"] : [$"{without} logins without a terminal"],
        ];
        return string.Join(", ", parts);
    }

    private static string Describe(TerminalReport terminal, DateTimeOffset now) =>
        terminal.LastTyped is { } typed ? $"{terminal.Device} (typed {RelativeTime.Ago(typed, now)})" : terminal.Device;
}
