using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Overview;
using Fairlead.Tests.Control;

namespace Fairlead.Tests.Output;

public sealed class WatchViewTests
{
    private const int Rows = 40;

    private static readonly DateTimeOffset Now = EventReportTests.Signature.Time.AddSeconds(4);

    private static readonly WatchState Usual = new(
        new StatusReport
        {
            Socket = "/home/al/.ssh/fairlead/gateway.sock",
            DaemonPid = 311,
            DaemonVersion = "0.1.0",
            Started = Now.AddDays(-3),
            Conversations = 1,
            Agents =
            [
                new AgentReport { Name = "203.0.113.7 (pts/3)", Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242", Source = "forwarded", State = "live", Owner = "login 4242 on pts/3", Laptop = "203.0.113.7", Keys = 2, Comment = "home-key" },
                new AgentReport { Name = "keychain", Socket = "/home/al/.keychain/agent", Source = "local", State = "unknown" },
            ],
            Logins =
            [
                new LoginReport
                {
                    Pid = 4242,
                    User = "al",
                    From = "203.0.113.7",
                    Agent = "203.0.113.7 (pts/3)",
                    Terminals = [new TerminalReport { Device = "pts/3", LastTyped = Now.AddSeconds(-12) }],
                },
            ],
            Refused = [],
            Waiting = [new WaitingReport { Pid = 812, Command = "git", Since = Now.AddMinutes(-3), Until = Now.AddHours(5) }],
        },
        [
            EventReportTests.Signature,
            EventReportTests.Signature with
            {
                Outcome = "refused",
                Milliseconds = 8400,
                Caller = new EventCallerReport { Pid = 815, Command = "ssh-keygen", Terminal = "pts/9" },
                Host = null,
                Key = EventReportTests.Signature.Key! with { Comment = "" },
            },
            EventReportTests.Signature with { Request = "list", Key = null, Keys = 1, Milliseconds = 0.4, AskedBy = EventReportTests.Signature.Host, Host = EventReportTests.Signature.Host! with { Name = null } },
            new EventReport { Event = EventReport.RequestKind, Time = Now, Request = "list", Outcome = "held", Caller = new EventCallerReport { Pid = 812, Command = "git" } },
            new EventReport { Event = EventReport.RequestKind, Time = Now, Request = "list", Outcome = "no-agent", Caller = new EventCallerReport { Pid = 0 }, Milliseconds = 300_000 },
            new EventReport { Event = EventReport.MissedKind, Time = Now, Count = 12 },
        ]);

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void It_reads_well_without_colour(int width) => Snapshot.Matches($"watch-{width}.txt", Text(Usual, width, Rows));

    [Fact]
    public void While_no_daemon_runs_it_says_so_and_keeps_what_has_passed() =>
        Snapshot.Matches(
            "watch-none.txt",
            Text(Usual with { Status = null, Failure = new Failure(ExitCode.DaemonNotReachable, "the daemon is not running", "fairlead start") }, 80, Rows));

    [Fact]
    public void Before_the_first_request_it_says_that_there_was_none() =>
        Assert.EndsWith("\n\nno requests yet\n", Text(Usual with { Requests = [] }, 80, Rows), StringComparison.Ordinal);

    [Theory]
    [InlineData(80, 12)]
    [InlineData(40, 24)]
    [InlineData(20, 5)]
    [InlineData(1, 1)]
    public void It_never_has_more_lines_than_the_window(int width, int rows) => Assert.InRange(Lines(Usual, width, rows).Count, 1, rows);

    [Fact]
    public void In_a_low_window_the_requests_keep_their_place() =>
        Assert.Contains(Lines(Usual, 80, 12), line => line.Contains("sign for web01", StringComparison.Ordinal));

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void No_line_is_longer_than_the_window_is_wide(int width) =>
        Assert.All(Lines(Usual, width, Rows), line => Assert.InRange(line.Length, 0, width));

    [Fact]
    public void No_foreign_word_can_steer_the_terminal()
    {
        EventReport evil = EventReportTests.Signature with { Key = EventReportTests.Signature.Key! with { Comment = "\e]0;title\a" } };

        Assert.DoesNotContain('\e', Text(Usual with { Requests = [evil] }, 120, Rows));
        Assert.DoesNotContain('\e', EventLine.Of(evil, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Only_the_latest_are_kept()
    {
        WatchState state = Usual;
        for (int i = 0; i < 1000; i++)
        {
            state = state.With(EventReportTests.Signature with { Milliseconds = i });
        }

        Assert.Equal(200, state.Requests.Count);
        Assert.Equal(999, state.Requests[0].Milliseconds);
    }

    [Fact]
    public void In_a_pipe_each_is_one_line() =>
        Snapshot.Matches("watch-pipe.txt", string.Concat(Usual.Requests.Select(report => EventLine.Of(report, TimeZoneInfo.Utc))));

    private static string Text(WatchState state, int width, int rows) => string.Join('\n', Lines(state, width, rows)) + "\n";

    private static IReadOnlyList<string> Lines(WatchState state, int width, int rows) =>
        WatchView.Render(state, Now, TimeZoneInfo.Utc, new OutputStyle(Colour: false, width), rows);
}
