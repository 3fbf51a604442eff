using CsCheck;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

public sealed class TmuxReportTests
{
    /// <summary>As tmux 3.3a answered.</summary>
    private const string Recorded = """
        C|10380|1795367738|0|0|$0|@2|/dev/pts/10
        C|10382|1795367739|1|0|$1|@0|/dev/pts/11
        C|10390|1795367740|0|0|$0|@2|
        S|$0|main
        S|$1|de|ploy: S|$2|x
        P|%0|10370|$0|@0
        P|%2|10377|$0|@2
        P|%0|10370|$1|@0
        P|%2|10377|$1|@2
        T|10380

        """;

    private static readonly string[] Words = ["C", "P", "S", "T", "|", "\n", "$0", "@0", "%0", "%1", "7", "1", "/dev/pts/3", "", "99999999999999999999", "-1"];

    [Fact]
    public void A_report_is_read()
    {
        var report = TmuxReport.Parse(Recorded);
        Assert.Equal(10380, report.Typist);
        Assert.Equal(new TmuxClient(10382, 1795367739, true, false, "$1", "@0", "pts/11"), report.Clients[1]);
        Assert.Equal("", report.Clients[2].Terminal);
        Assert.Equal(4, report.Panes.Count);
        MultiplexerAnswer? answer = report.AnswerFor("%2", 10377);
        Assert.Equal(["$0", "$1"], answer?.Sessions);
        Assert.Equal(["main"], answer?.Names);
        Assert.Equal([(10380, true), (10390, false)], answer?.Clients.Select(client => (client.Pid, client.IsTypist)));
    }

    /// <summary>The phone sees the window, but nobody can type there: those of the session, who could, are named as well.</summary>
    [Fact]
    public void A_window_that_only_an_onlooker_sees_is_anybodys_of_its_sessions()
    {
        MultiplexerAnswer? answer = TmuxReport.Parse(Recorded).AnswerFor("%0", 10370);
        Assert.Equal(
            [(10380, false, false), (10382, true, true), (10390, false, false)],
            answer?.Clients.Select(client => (client.Pid, client.ShowsCallersWindow, client.IsReadOnly)));
    }

    [Fact]
    public void The_connection_that_a_session_keeps_is_told_with_the_sessions_of_a_window()
    {
        var report = TmuxReport.Parse("""
            P|%0|10370|$0|@0|192.0.2.1 5000 192.0.2.9 22
            P|%1|10371|$1|@1|192.0.2.2 5000 192.0.2.9 22
            P|%2|10372|$2|@2|
            """);
        Assert.Equal(["192.0.2.1 5000 192.0.2.9 22"], report.AnswerFor("%0", 10370)?.Connections);
        Assert.Equal([], report.AnswerFor("%2", 10372)?.Connections);
    }

    [Fact]
    public void Each_session_that_somebody_is_attached_to_has_all_its_clients()
    {
        IReadOnlyList<MultiplexerAnswer> answers = TmuxReport.Parse(Recorded).AnswersBySession();
        Assert.Equal([("$0", 2), ("$1", 1)], answers.Select(answer => (answer.Sessions.Single(), answer.Clients.Count)));
        Assert.True(answers[1].Clients[0].IsReadOnly);
    }

    /// <summary>Two sessions hold both windows: $0 shows @2 and $1 shows @0.</summary>
    [Theory]
    [InlineData("%2", "main")]
    [InlineData("%0", "de|ploy: S|$2|x")]
    public void A_pane_is_in_the_session_that_shows_it(string pane, string session)
        => Assert.Equal([session], TmuxReport.Parse(Recorded).AnswerFor(pane, 0)?.Names);

    [Theory]
    [InlineData("C|1|2|0|0|$1|@9|/dev/pts/1\n", "two")] // it shows another window of $1
    [InlineData("", "one two")]
    public void A_pane_that_nobody_sees_is_in_the_sessions_that_are_attached_or_else_in_all(string clients, string sessions)
        => Assert.Equal(
            sessions.Split(' '),
            TmuxReport.Parse(clients + "S|$0|one\nS|$1|two\nS|$2|three\nP|%0|7|$0|@0\nP|%0|7|$1|@0\nP|%1|8|$2|@1\n").AnswerFor("%0", 7)?.Names);

    [Theory]
    [InlineData("%0", 1, true)] // its first process was replaced
    [InlineData(null, 10370, true)] // its environment was emptied
    [InlineData("%9", 10370, true)] // it was moved here from another server
    [InlineData("%9", 1, false)]
    [InlineData(null, 1, false)]
    public void A_pane_is_known_by_its_process_or_by_its_name(string? pane, int pid, bool isKnown)
        => Assert.Equal(isKnown, TmuxReport.Parse(Recorded).AnswerFor(pane, pid) is not null);

    /// <summary>A popup, a hook: whichever window a client shows, it may have come from there.</summary>
    [Fact]
    public void A_job_is_shown_to_the_clients_of_its_session()
    {
        var report = TmuxReport.Parse("""
            C|1|10|0|0|$0|@0|/dev/pts/1
            C|2|11|1|0|$0|@1|/dev/pts/2
            C|3|12|0|0|$1|@2|/dev/pts/3
            S|$0|main
            S|$1|other
            P|%0|20|$0|@0|192.0.2.1 5000 192.0.2.9 22
            P|%1|21|$0|@1|192.0.2.1 5000 192.0.2.9 22
            P|%2|22|$1|@2|192.0.2.2 5000 192.0.2.9 22
            T|1
            """);
        MultiplexerAnswer? answer = report.AnswerFor(pane: null, panePid: 99, "$0");
        Assert.Equal([(1, true, false), (2, false, true)], answer?.Clients.Select(client => (client.Pid, client.IsTypist, client.IsReadOnly)));
        Assert.All(answer!.Clients, client => Assert.True(client.ShowsCallersWindow));
        Assert.Equal(["$0", "main", "192.0.2.1 5000 192.0.2.9 22"], [.. answer.Sessions, .. answer.Names!, .. answer.Connections]);

        Assert.Equal(["$1"], report.AnswerFor("%2", 99, "$0")?.Sessions); // a pane tells more
        Assert.Equal(["$0"], report.AnswerFor("%9", 99, "$0")?.Sessions); // one that is closed does not
        Assert.Null(report.AnswerFor(pane: null, panePid: 99, "$7"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void With_a_client_in_control_mode_among_them_tmux_does_not_know_who_typed(int control, bool isKnown)
    {
        var report = TmuxReport.Parse($"""
            C|1|10|0|0|$0|@0|/dev/pts/1
            C|2|11|0|{control}|$0|@0|/dev/pts/2
            C|3|12|0|0|$1|@1|/dev/pts/3
            P|%0|20|$0|@0
            P|%1|21|$1|@1
            T|1
            """);
        IReadOnlyList<MultiplexerClient> clients = report.AnswerFor("%0", 20)!.Clients;
        Assert.Equal(isKnown, clients.Any(client => client.IsTypist));
        Assert.All(clients, client => Assert.Equal(isKnown, client.LastTyped is not null));
        Assert.NotNull(Assert.Single(report.AnswerFor("%1", 21)!.Clients).LastTyped); // of other sessions it does
        Assert.Equal(isKnown, report.AnswersBySession()[0].Clients[0].LastTyped is not null);
    }

    [Fact]
    public void Arbitrary_answers_never_throw()
        => Gen.Select(Gen.Int[0, Words.Length - 1].Select(number => Words[number]).Array[0, 60], Gen.String[0, 20])
            .Sample((words, noise) => _ = TmuxReport.Parse(string.Concat(words) + noise).AnswerFor("%0", 7, "$0"));

    [Fact]
    public void What_tmux_answers_is_read_whatever_people_call_their_sessions() =>
        Gen.Select(
            Gen.Select(Gen.Int[1, int.MaxValue], Gen.Long[0, 253_402_300_799], Gen.Bool, Gen.Bool, Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 99]).Array[0, 5],
            Gen.String[Gen.Char["a|$0@ C\u00e9"], 0, 10].Array[0, 4],
            Gen.Select(Gen.Int[0, 99], Gen.Int[1, int.MaxValue], Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 5],
            Gen.Int[1, int.MaxValue])
            .Sample((clients, names, panes, typist) =>
            {
                string[] lines =
                [
                    .. clients.Select(c => $"C|{c.Item1}|{c.Item2}|{(c.Item3 ? 1 : 0)}|{(c.Item4 ? 1 : 0)}|${c.Item5}|@{c.Item6}|/dev/pts/{c.Item7}"),
                    .. names.Select((name, number) => $"S|${number}|{name}"),
                    .. panes.Select(p => $"P|%{p.Item1}|{p.Item2}|${p.Item3}|@{p.Item4}|192.0.2.1 5 192.0.2.2 22"),
                    $"T|{typist}",
                ];

                var report = TmuxReport.Parse(string.Join('\n', lines) + "\n");

                Assert.Equal(typist, report.Typist);
                Assert.Equal(
                    clients.Select(c => new TmuxClient(c.Item1, c.Item2, c.Item3, c.Item4, $"${c.Item5}", $"@{c.Item6}", $"pts/{c.Item7}")), report.Clients);
                Assert.Equal(
                    panes.Select(p => new TmuxPane($"%{p.Item1}", p.Item2, $"${p.Item3}", $"@{p.Item4}", "192.0.2.1 5 192.0.2.2 22")), report.Panes);
                Assert.Equal(names, names.Select((_, number) => report.SessionNames[$"${number}"]));
            });

    [Theory]
    [InlineData("4294967297")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    public void A_number_that_no_process_has_names_none(string pid)
    {
        var report = TmuxReport.Parse($"C|{pid}|1|0|0|$0|@0|/dev/pts/1\nP|%0|{pid}|$0|@0\nT|{pid}\n");
        Assert.Empty(report.Clients);
        Assert.Equal((0, 0), (report.Panes.Single().Pid, report.Typist));
    }

    /// <summary>As long as an answer may be: with each pane in a session of its own and each client in another.</summary>
    [Fact]
    public void The_longest_answer_there_may_be_is_judged()
    {
        const int Count = 7000;
        string text = string.Concat(Enumerable.Range(0, Count).Select(number => $"C|7|0|0|0|${number}|@1|\nP|%0|7|${number}|@0\n"));
        Assert.InRange(text.Length, 200_000, Subprocess.MaxOutput);

        MultiplexerAnswer? answer = TmuxReport.Parse(text).AnswerFor("%0", 7);

        Assert.Equal((Count, Count), (answer?.Sessions.Count, answer?.Clients.Count));
    }

    [Fact]
    public void Arbitrary_variables_never_throw()
        => Gen.String[Gen.Char["/,0123456789ab"], 0, 20].Sample(value => _ = TmuxVariable.Parse(value));

    [Theory]
    [InlineData("/tmp/tmux-1000/default,4711,0", "/tmp/tmux-1000/default", 4711, "$0")]
    [InlineData("/tmp/a,b,4711,12", "/tmp/a,b", 4711, "$12")]
    [InlineData("/tmp/a,4711,-1", "/tmp/a", 4711, null)] // "#()" in a status line
    [InlineData("/tmp/a,4711,", "/tmp/a", 4711, null)]
    [InlineData("/tmp/a,4711,$1", "/tmp/a", 4711, null)]
    public void The_variable_names_socket_server_and_session(string value, string socket, int pid, string? session)
        => Assert.Equal(new TmuxVariable(socket, pid, session), TmuxVariable.Parse(value));

    [Theory]
    [InlineData(null)]
    [InlineData("/tmp/tmux-1000/default")]
    [InlineData("relative,4711,0")]
    [InlineData("/tmp/x,minus,0")]
    [InlineData(",,")]
    public void Anything_else_is_none(string? value) => Assert.Null(TmuxVariable.Parse(value));

    [Theory]
    [InlineData("pts/0", 0x8800)] // 34816, as /proc/PID/stat has it
    [InlineData("pts/11", 34827)]
    [InlineData("pts/255", 0x88ff)]
    [InlineData("pts/256", 0x108800)]
    [InlineData("pts/1000", 0x3088e8)]
    public void A_terminal_has_a_number(string name, int number)
    {
        Assert.Equal(number, TerminalDevice.DeviceNumber(name));
        Assert.Equal(name, TerminalDevice.NameOf(number));
    }

    [Theory]
    [InlineData("pts/ptmx")]
    [InlineData("pts/")]
    [InlineData("pts/1048576")]
    [InlineData("pts/-1")]
    [InlineData("tty1")]
    [InlineData("")]
    public void Other_names_have_none(string name) => Assert.Equal(0, TerminalDevice.DeviceNumber(name));
}
