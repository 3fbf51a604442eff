using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Overview;

namespace Fairlead.Tests.Pictures;

/// <summary>
/// <c>fairlead watch</c> as a terminal shows it. The lines and their looks are those that the live view writes; only who is there is made up, so that the
/// picture is the same on every machine and shows nobody's addresses.
/// </summary>
internal static class WatchPicture
{
    private const int Columns = 100;
    private const int Rows = 20;
    private const double CellWidth = 7.8;
    private const int RowHeight = 19;
    private const int Margin = 20;
    private const int BarHeight = 34;

    // A terminal is dark on any page.
    private const string Style = """
        text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; fill: #e6edf3 }
        .window { fill: #0d1117; stroke: #3d444d }
        .bar { stroke: #3d444d }
        .bar-text { fill: #9198a1; text-anchor: middle }
        .bold { fill: #ffffff; font-weight: 700 }
        .dim { fill: #9198a1 }
        .red { fill: #ff7b72 }
        .yellow { fill: #d29922 }
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 19, 4, 12, TimeSpan.Zero);

    private static readonly KeyReport HomeKey =
        new() { Type = "ssh-ed25519", Fingerprint = "SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE", Comment = "home-key" };

    private static readonly KeyReport WorkKey =
        new() { Type = "ssh-ed25519", Fingerprint = "SHA256:b+zK6T71KxNQ7kIoE7YsFLAVv6frETl0H4bvcg5FlSg", Comment = "work-key" };

    private static readonly EventCallerReport SshInPane = new() { Pid = 6120, Command = "ssh", Multiplexer = "tmux", Pane = "%3" };

    private static readonly WatchState State = new(
        new StatusReport
        {
            Socket = "/home/al/.ssh/fairlead/gateway.sock",
            DaemonPid = 311,
            DaemonVersion = "0.1.0",
            Started = Now.AddDays(-3),
            Conversations = 1,
            Agents = [Agent("203.0.113.7", "pts/3", 4242), Agent("198.51.100.4", "pts/7", 5151)],
            Logins = [Login("203.0.113.7", "pts/3", 4242, TimeSpan.FromSeconds(3)), Login("198.51.100.4", "pts/7", 5151, TimeSpan.FromHours(5))],
            Refused = [],
            Waiting = [],
        },
        [
            Request("sign", ago: 2, SshInPane, "web01") with { Milliseconds = 12.3, Key = HomeKey },
            Request("list", ago: 2, SshInPane, "web01") with { Milliseconds = 0.9, Keys = 2 },
            Request("sign", ago: 41, new EventCallerReport { Pid = 6077, Command = "ssh-keygen", Multiplexer = "tmux", Pane = "%1" }, host: null) with
            {
                Milliseconds = 1840,
                Key = HomeKey,
            },
            Request("sign", ago: 95, new EventCallerReport { Pid = 5902, Command = "ssh", Terminal = "pts/7" }, "git.example.org") with
            {
                Milliseconds = 8400,
                Outcome = "refused",
                Agent = "198.51.100.4 (pts/7)",
                Key = WorkKey,
            },
        ]);

    /// <summary>What the live view writes into a terminal of that size.</summary>
    public static IReadOnlyList<string> Lines(bool hasColour) => WatchView.Render(State, Now, TimeZoneInfo.Utc, new OutputStyle(hasColour, Columns), Rows);

    public static string Draw()
    {
        IReadOnlyList<string> lines = Lines(hasColour: true);
        int width = (int)(Columns * CellWidth) + (2 * Margin);
        int height = BarHeight + (2 * Margin) + (lines.Count * RowHeight) - 6;
        var picture = new SvgPicture(
            width,
            height,
            "fairlead watch",
            "A terminal with the live view: two laptops, and below them the requests as they passed. Each has its time, the program that asked and "
                + "where it runs, the server that it was for, how it ended and how long it took, the agent that was asked, and the key.",
            Style);
        picture.Box("window", 0.5, 0.5, width - 1, height - 1);
        picture.Line("bar", $"M0.5 {BarHeight}.5H{width - 1}.5").Text("bar-text", width / 2, 22, "al@gateway: fairlead watch");
        for (int row = 0; row < lines.Count; row++)
        {
            foreach (StyledRun run in StyledRun.In(lines[row]))
            {
                string kind = run.Colour ?? (run.IsBold ? "bold" : run.IsDim ? "dim" : "plain");
                double y = BarHeight + Margin + 10 + (row * RowHeight);
                picture.Cells(kind, Margin + (run.Column * CellWidth), y, run.Text, run.Text.Length * CellWidth);
            }
        }

        return picture.ToString();
    }

    private static AgentReport Agent(string address, string terminal, int pid) => new()
    {
        Name = $"{address} ({terminal})",
        Socket = $"/tmp/ssh-XXXXzLUSs7/agent.{pid}",
        Source = "forwarded",
        State = "live",
        Laptop = address,
        Keys = 2,
        Comment = address == "203.0.113.7" ? "home-key" : "work-key",
        Owner = $"login {pid} on {terminal}",
    };

    private static LoginReport Login(string address, string terminal, int pid, TimeSpan typedAgo) => new()
    {
        Pid = pid,
        User = "al",
        From = address,
        Agent = $"{address} ({terminal})",
        Terminals = [new TerminalReport { Device = terminal, LastTyped = Now - typedAgo }],
    };

    private static EventReport Request(string request, int ago, EventCallerReport caller, string? host) => new()
    {
        Event = EventReport.RequestKind,
        Time = Now.AddSeconds(-ago),
        Caller = caller,
        Request = request,
        Outcome = "answered",
        Agent = "203.0.113.7 (pts/3)",
        Host = host is null ? null : new HostReport { Type = "ssh-ed25519", Fingerprint = WorkKey.Fingerprint, Name = host, Proven = true },
    };
}
