using Fairlead.Output;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>A line for each host as it ends, for a pipe or a terminal that cannot be drawn on.</summary>
internal sealed class PlainProgress(TextWriter output) : IDeployProgress
{
    public void Tell(string host, HostStage stage, int percent)
    {
        // A pipe wants to know how it ends.
    }

    public void Finish(DeployedHost report) => Say($"{report.Host}: {DeploySentences.Of(report)}");

    public void Ask(string host) => Say($"{host} asks:");

    public void Await(IReadOnlyList<string> hosts) => Say($"waiting for {string.Join(", ", hosts)}; press Ctrl-C again to stop at once");

    private void Say(string line) => output.Write($"{PlainText.Of(line)}\n");
}
