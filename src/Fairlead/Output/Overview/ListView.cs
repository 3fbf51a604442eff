using Fairlead.Core.Control;

namespace Fairlead.Output.Overview;

/// <summary>What <c>fairlead list</c> says: the keys, laptop by laptop.</summary>
internal static class ListView
{
    public static string Render(ListReport report, OutputStyle style)
    {
        var page = new Page(style);
        if (report.Agents.Count == 0)
        {
            page.Line("no agents", ": none of your logins forwards one, and none is configured");
        }

        foreach (IGrouping<string, AgentKeysReport> laptop in report.Agents.GroupBy(agent => agent.Laptop ?? agent.Agent))
        {
            Add(page, laptop.Key, [.. laptop]);
        }

        return page.ToString();
    }

    /// <summary>Each window on a laptop has an agent of its own, and all list the same keys.</summary>
    private static void Add(Page page, string laptop, AgentKeysReport[] agents)
    {
        KeyReport[] keys = [.. agents.SelectMany(agent => agent.Keys).Distinct()];
        int silent = agents.Count(agent => !agent.Answered);
        string logins = agents.Length == 1 ? "" : $", {Plural.Of(agents.Length, "login")}";
        string name = agents.Length == 1 ? agents[0].Agent : laptop;
        string[] summary = silent == agents.Length ? ["did not answer"]
            : [.. keys.Length == 0 ? ["no keys"] : Array.Empty<string>(), .. silent > 0 ? [$"{silent} did not answer"] : Array.Empty<string>()];
        page.Line(name, summary.Length == 0 ? logins : $"{logins}: {string.Join(", ", summary)}");
        int width = keys.Select(key => key.Type.Length).DefaultIfEmpty().Max();
        foreach (KeyReport key in keys)
        {
            page.Plain($"  {key.Type.PadRight(width)}  {key.Fingerprint}  {key.Comment}");
        }
    }
}
