using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

public sealed class StatusViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly OutputStyle Terminal = new(Colour: false, Width: 80);

    private static readonly StatusReport Usual = new()
    {
        Socket = "/home/al/.ssh/fairlead/gateway.sock",
        DaemonPid = 311,
        DaemonVersion = "0.1.0",
        Started = Now.AddDays(-3),
        Conversations = 1,
        Here = new AnswerReport
        {
            Agent = "laptop 203.0.113.7",
            Reason = "own-login",
            Explanation = "this shell belongs to its login (pts/3)",
            Keys = 2,
        },
        Agents =
        [
            Agent("laptop 203.0.113.7", "forwarded", "live", 4242, "al on pts/3"),
            Agent("work 198.51.100.4", "forwarded", "dead", 5151, "al on pts/7, pts/8"),
            Agent("keychain", "local", "unknown", null, null),
        ],
        Logins =
        [
            Login(4242, "203.0.113.7", "laptop 203.0.113.7", Terminal3(Now.AddSeconds(-12))),
            Login(5151, "198.51.100.4", "work 198.51.100.4", new TerminalReport { Device = "pts/7", LastTyped = Now.AddHours(-5) }, new TerminalReport { Device = "pts/8" }),
            Login(6262, null, null),
        ],
        Refused = [],
    };

    [Fact]
    public void Where_the_shell_asks_nobody_the_answer_says_so()
    {
        const string obstacle = "but SSH_AUTH_SOCK is not set in this shell: ssh and git ask no agent until you type: eval ...";
        Assert.Contains($"\n{obstacle}\n", StatusView.Render(Usual, Now, new OutputStyle(Colour: false, 120), obstacle), StringComparison.Ordinal);
        Assert.DoesNotContain(obstacle, StatusView.Render(Usual with { Here = null }, Now, Terminal, obstacle), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_is_the_answer() =>
        Assert.StartsWith(
            "laptop 203.0.113.7 answers here: this shell belongs to its login (pts/3), 2 keys\n",
            StatusView.Render(Usual, Now, Terminal));

    [Fact]
    public void It_reads_well_at_80_columns() => Snapshot.Matches("status.txt", StatusView.Render(Usual, Now, Terminal));

    [Fact]
    public void Without_a_live_agent_it_says_so_and_what_to_do() =>
        Snapshot.Matches("status-none.txt", StatusView.Render(Usual with { Here = null, Agents = [], Logins = [], Conversations = 0 }, Now, Terminal));

    [Theory]
    [InlineData("stalled", "laptop 203.0.113.7 is stalled, like that of a laptop that sleeps; it is used again as soon as it answers")]
    [InlineData("out of reach", "laptop 203.0.113.7 is out of reach, like that of a laptop that sleeps or has no network; it is used again as soon as it answers")]
    [InlineData("awake", "laptop 203.0.113.7 has been asked and has not answered yet; its person may be asked first, to unlock it, say")]
    [InlineData("busy", "laptop 203.0.113.7 waits for a person, for a touch, a PIN or a yes")]
    [InlineData("dead", "none of those known is live")]
    [InlineData("live", "none of those that are live is for this shell; 'fairlead why' says the reason")]
    public void Why_nobody_answers_is_told(string state, string why) =>
        Assert.StartsWith(
            $"no agent answers here: {why}\n",
            StatusView.Render(
                Usual with { Here = null, Agents = [Agent("laptop 203.0.113.7", "forwarded", state, 4242, "al on pts/3")] }, Now, Terminal with { Width = 200 }));

    [Fact]
    public void Who_is_denied_is_told_by_which_rule() =>
        Assert.StartsWith(
            "no agent answers here: denied by a rule (line 12)\n",
            StatusView.Render(Usual with { Here = null, Denied = "denied by a rule (line 12)" }, Now, Terminal));

    [Fact]
    public void What_is_not_trusted_is_named_with_the_reason() =>
        Snapshot.Matches(
            "status-refused.txt",
            StatusView.Render(
                Usual with
                {
                    Agents = [],
                    Logins = [],
                    Refused = [new RefusedReport { Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242", Reason = "the folder belongs to another user" }],
                },
                Now,
                Terminal));

    [Fact]
    public void Old_paths_that_are_answered_are_named() =>
        Snapshot.Matches(
            "status-healed.txt",
            StatusView.Render(
                Usual with
                {
                    Agents = [],
                    Logins = [],
                    Healed =
                    [
                        new HealedReport { Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242", Since = Now.AddMinutes(-5), NamedBy = 811 },
                        new HealedReport { Socket = "/home/al/.ssh/agent/s.abcdefghij.sshd.Xy9zzzzzzz", Since = Now },
                    ],
                },
                Now,
                Terminal));

    [Fact]
    public void Who_waits_for_an_agent_is_named() =>
        Snapshot.Matches(
            "status-waiting.txt",
            StatusView.Render(
                Usual with
                {
                    Here = null,
                    Agents = [],
                    Logins = [],
                    Waiting =
                    [
                        new WaitingReport { Pid = 812, Command = "fairlead", Since = Now.AddHours(-3) },
                        new WaitingReport { Pid = 4711, Command = "ssh", Since = Now.AddSeconds(-12), Until = Now.AddSeconds(48) },
                        new WaitingReport { Pid = 0, Since = Now, Until = Now.AddMinutes(5) },
                    ],
                },
                Now,
                Terminal));

    [Fact]
    public void A_pipe_gets_no_escape_codes_and_no_broken_lines()
    {
        string text = StatusView.Render(Usual, Now, OutputStyle.Decide(isTerminal: false, null, "xterm", 0));

        Assert.DoesNotContain('\u001b', text);
        Assert.Equal(StatusView.Render(Usual, Now, Terminal), text);
    }

    [Fact]
    public void A_terminal_gets_the_agent_s_name_in_bold() =>
        Assert.StartsWith("\u001b[1mlaptop 203.0.113.7\u001b[0m answers", StatusView.Render(Usual, Now, new OutputStyle(Colour: true, 120)));

    [Fact]
    public void No_foreign_word_can_steer_the_terminal()
    {
        StatusReport evil = Usual with { Here = Usual.Here! with { Agent = "\u001b]0;title\u0007[red]" } };

        Assert.StartsWith("\uFFFD]0;title\uFFFD[red] answers", StatusView.Render(evil, Now, Terminal));
    }

    private static TerminalReport Terminal3(DateTimeOffset typed) => new() { Device = "pts/3", LastTyped = typed };

    private static AgentReport Agent(string name, string source, string state, int? login, string? owner) => new()
    {
        Name = name,
        Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242",
        Source = source,
        State = state,
        LoginPid = login,
        Owner = owner,
    };

    private static LoginReport Login(int pid, string? from, string? agent, params TerminalReport[] terminals) =>
        new() { Pid = pid, User = "al", From = from, Agent = agent, Terminals = terminals };
}
