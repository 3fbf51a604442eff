using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>A line for each host that is being worked on, drawn anew in the same place, and one that counts. All are gone when it is disposed.</summary>
internal sealed class LiveProgress(int count) : IDeployProgress, IDisposable
{
    // xterm's control sequences, which every terminal of today knows: a line that is too long is cut, and all below the cursor goes.
    private const string NoWrap = "\e[?7l";
    private const string Wrap = "\e[?7h";
    private const string ClearBelow = "\r\e[J";

    private readonly List<(string Host, string Said)> shown = [];
    private int drawn;
    private int finished;
    private int failed;
    private bool isAsking;

    public void Tell(string host, HostStage stage, int percent)
    {
        if (isAsking && stage is HostStage.Connecting or HostStage.MaybeTouch)
        {
            return; // what ssh asks stands at the end of the screen
        }

        isAsking = false;
        (string Host, string Said) line = (host, DeploySentences.Of(stage, percent));
        int at = shown.FindIndex(other => other.Host == host);
        if (at >= 0 && shown[at] == line)
        {
            return;
        }

        if (at < 0)
        {
            shown.Add(line);
        }
        else
        {
            shown[at] = line;
        }

        Draw();
    }

    public void Finish(DeployedHost report)
    {
        isAsking = false;
        shown.RemoveAll(line => line.Host == report.Host);
        finished++;
        failed += report.State == HostState.Failed ? 1 : 0;
        Draw();
    }

    public void Ask(string host)
    {
        Leave($"{host} asks:");
        isAsking = true;
    }

    public void Await(IReadOnlyList<string> hosts) => Leave($"waiting for {string.Join(", ", hosts)}; press Ctrl-C again to stop at once");

    public void Dispose() => Write(Up() + ClearBelow);

    /// <summary>What stays on the screen, and what comes from elsewhere after it.</summary>
    private void Leave(string line)
    {
        Write($"{Up()}{ClearBelow}{PlainText.Of(line)}\n");
        drawn = 0;
    }

    private void Draw()
    {
        var text = new StringBuilder(Up()).Append(ClearBelow).Append(NoWrap);
        foreach ((string host, string said) in shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"{PlainText.Of(host)}: {said}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{finished} of {count}").Append(failed > 0 ? $", {failed} failed" : "").Append('\n').Append(Wrap);
        drawn = shown.Count + 1;
        Write(text.ToString());
    }

    private string Up() => drawn > 0 ? $"\e[{drawn}A" : "";

    private static void Write(string text) => _ = StandardStream.Write(StandardStream.Output, text);
}
