using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Overview;

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
            Agent("laptop 203.0.113.7", "forwarded", "live", 4242, "al on pts/3") with { Laptop = "203.0.113.7", Keys = 2, Comment = "al@laptop" },
            Agent("work 198.51.100.4", "forwarded", "stalled", 5151, "al on pts/7, pts/8") with { Laptop = "work" },
            Agent("keychain", "local", "unknown", null, null),
        ],
        Logins =
        [
            Login(4242, "203.0.113.7", "laptop 203.0.113.7", Terminal3(Now.AddSeconds(-12))) with { Laptop = "203.0.113.7" },
            Login(5151, "198.51.100.4", "work 198.51.100.4", new TerminalReport { Device = "pts/7", LastTyped = Now.AddHours(-5) }, new TerminalReport { Device = "pts/8" }) with { Laptop = "work" },
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
    public void What_keeps_the_daemon_from_its_work_and_a_second_daemon_are_said()
    {
        StatusReport troubled = Usual with { Troubles = [new TroubleReport { What = "nothing can be watched", Why = "So." }] };
        string page = StatusView.Render(troubled, Now, new OutputStyle(Colour: false, 120), others: [4711]);

        Assert.Contains("\nnothing can be watched; 'fairlead doctor' says more\n", page, StringComparison.Ordinal);
        Assert.Contains("\na second daemon of yours is running, pid 4711: 'fairlead stop && fairlead start' leaves one\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_for_an_answer_and_what_was_allowed_is_named()
    {
        StatusReport asking = Usual with
        {
            Questions = [QuestionSentenceTests.GitPush with { Number = 3, Until = Now.AddSeconds(81) }],
            Allowed = [new GrantReport { Question = QuestionSentenceTests.GitPush, Until = Now.AddMinutes(29), Place = "tmux client pts/3" }],
        };

        Snapshot.Matches("status-asking.txt", StatusView.Render(asking, Now, Terminal));
    }

    [Fact]
    public void It_reads_well_at_80_columns() => Snapshot.Matches("status.txt", StatusView.Render(Usual, Now, Terminal));

    [Fact]
    public void Every_agent_and_login_has_a_line_when_asked() => Snapshot.Matches("status-all.txt", StatusView.Render(Usual, Now, Terminal, isWhole: true));

    /// <summary>Eight windows, two of them asleep, and one that forwards no agent.</summary>
    [Fact]
    public void One_laptop_is_one_line_however_many_windows_it_has()
    {
        StatusReport windows = Usual with
        {
            Agents = [.. Enumerable.Range(1, 8).Select(window => Agent($"home (pts/{window})", "forwarded", window > 6 ? "stalled" : "live", window, "") with { Laptop = "home", Keys = window > 1 ? 2 : 0 })],
            Logins =
            [
                .. Enumerable.Range(1, 8).Select(window => Login(window, "203.0.113.7", $"home (pts/{window})", new TerminalReport { Device = $"pts/{window}", LastTyped = Now.AddMinutes(-window) }) with { Laptop = "home" }),
                Login(9, "203.0.113.7", null) with { Laptop = "home" },
            ],
        };

        Snapshot.Matches("status-windows.txt", StatusView.Render(windows, Now, Terminal));
    }

    [Fact]
    public void An_agent_without_keys_answers_and_helps_nobody() =>
        Assert.StartsWith(
            "laptop 203.0.113.7 answers here: this shell belongs to its login (pts/3), no\n    keys\n! it has no keys, or it is locked\non that laptop, type: ssh-add ",
            StatusView.Render(Usual with { Here = Usual.Here! with { Keys = 0 } }, Now, Terminal));

    [Fact]
    public void The_keys_of_an_agent_of_this_machine_are_added_here() =>
        Assert.Contains(
            "\non this machine, type: ssh-add ",
            StatusView.Render(Usual with { Here = new AnswerReport { Agent = "keychain", Reason = "local", Explanation = "it is configured", Keys = 0 } }, Now, Terminal),
            StringComparison.Ordinal);

    [Fact]
    public void What_is_stalled_stands_out_by_a_sign_and_a_colour() =>
        Assert.Contains("\u001b[33m! stalled\u001b[0m", StatusView.Render(Usual, Now, new OutputStyle(Colour: true, 120)), StringComparison.Ordinal);

    [Fact]
    public void Without_a_live_agent_it_says_so_and_what_to_do() =>
        Snapshot.Matches("status-none.txt", StatusView.Render(Usual with { Here = null, Agents = [], Logins = [], Conversations = 0 }, Now, Terminal));

    [Theory]
    [InlineData("stalled", "laptop 203.0.113.7 is stalled: its laptop may be asleep; fairlead uses it again as soon as it answers")]
    [InlineData("out of reach", "laptop 203.0.113.7 is out of reach: its laptop may be asleep or without a network; fairlead uses it again as soon as it answers")]
    [InlineData("awake", "laptop 203.0.113.7 has been asked and has not answered yet; it may be asking its person first, for example to unlock it")]
    [InlineData("busy", "laptop 203.0.113.7 is waiting for its person: a touch, a PIN or a yes")]
    [InlineData("dead", "none of the known agents is live")]
    [InlineData("live", "the live agents are not for this shell; 'fairlead why' explains it")]
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
                        new HealedReport { Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242", Since = Now.AddMinutes(-5), NamedBy = 811, NamedByCommand = "bash" },
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
        Assert.Equal(StatusView.Render(Usual, Now, new OutputStyle(Colour: false, Width: 200)), text);
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
