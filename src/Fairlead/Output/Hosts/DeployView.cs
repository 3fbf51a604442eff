namespace Fairlead.Output.Hosts;

/// <summary>What <c>fairlead deploy</c> says: what it is about to do, and at the end a table.</summary>
internal static class DeployView
{
    /// <param name="number">The version that goes there.</param>
    /// <param name="target">Its path there.</param>
    /// <param name="setup">The command that sets it up.</param>
    public static string Plan(IReadOnlyList<string> hosts, string number, string target, string setup, OutputStyle style) => new Page(style)
        .Plain($"Will install fairlead {number} on {Plural.Of(hosts.Count, "host")}, as {target}:")
        .Plain($"  {string.Join(' ', hosts)}")
        .Plain($"Then '{setup}' adds its line to your rc files there, and a running daemon hands over to the new program.")
        .Prose("A newer fairlead, one from a package, and another program of that name are left unchanged.")
        .ToString();

    public static string Render(DeployReport report, OutputStyle style)
    {
        var page = new Page(style);
        page.Table(["host", "result"], report.Hosts.Select(host => new[] { host.Host, DeploySentences.Of(host) }));
        int failed = report.Hosts.Count(host => host.State == HostState.Failed);
        page.Gap().Line(failed == 0 ? "all is well" : $"{failed} of {report.Hosts.Count} failed", failed == 0 ? $" on {Plural.Of(report.Hosts.Count, "host")}" : "");
        return page.ToString();
    }
}
