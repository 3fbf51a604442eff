using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What <c>fairlead list</c> says: the keys, agent by agent.</summary>
internal static class ListView
{
    public static string Render(ListReport report, OutputStyle style)
    {
        var page = new Page(style);
        if (report.Agents.Count == 0)
        {
            page.Line("no agents", ": no login brings one, and the configuration names none");
        }

        foreach (AgentKeysReport agent in report.Agents)
        {
            string summary = !agent.Answered ? ": did not answer" : agent.Keys.Count == 0 ? ": no keys" : "";
            page.Line(agent.Agent, summary);
            int width = agent.Keys.Select(key => key.Type.Length).DefaultIfEmpty().Max();
            foreach (KeyReport key in agent.Keys)
            {
                page.Plain($"  {key.Type.PadRight(width)}  {key.Fingerprint}  {key.Comment}");
            }
        }

        return page.ToString();
    }
}
