using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Handlers;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Tests.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Output;

/// <summary>The whole way from facts to text, for the situations that people ask about.</summary>
public sealed class WhyViewTests
{
    private const string HomeConnection = $"{HomeAddress} 5001 10.0.0.1 22";

    private static readonly DateTimeOffset Now = Noon.AddHours(1);
    private static readonly OutputStyle Terminal = new(Colour: false, Width: 80);
    private static readonly CallerName Shell = new(900, "bash", "this shell");
    private static readonly CallerName Ssh = new(900, "ssh", "ssh");

    private static readonly AgentFacts Home = Forwarded("/tmp/ssh-XXXXhome01/agent.100", 100, Noon, HomeConnection);
    private static readonly AgentFacts Work = Forwarded("/tmp/ssh-XXXXwork01/agent.200", 200, Now.AddSeconds(-12), $"{WorkAddress} 5002 10.0.0.1 22");

    [Fact]
    public void A_shell_of_a_login() => Matches("why-own-login.txt", new RouteFacts(Below(900, 100), [Home, Work]), Shell);

    [Fact]
    public void A_pane_that_two_people_look_at() =>
        Matches(
            "why-attached.txt",
            new RouteFacts(
                Pane(On(100, Noon).InView(), On(200, Now.AddSeconds(-12)).InView() with { IsTypist = true })
                    .WithEnvironment(connection: HomeConnection) with
                { SessionNames = ["main"] },
                [Home, Work, Local("keychain")]),
            Ssh);

    [Fact]
    public void Who_is_stalled_is_called_so_where_it_stands()
    {
        AgentFacts asleep = Forwarded("/tmp/ssh-XXXXhome01/agent.100", 100, Noon, HomeConnection);
        asleep.Agent.Health.BeginStall(() => { }, TimeSpan.FromMinutes(1), TimeProvider.System);
        WhyReport report = Why(new RouteFacts(Below(900, 100), [asleep, Work]), Shell, answers: false);
        string said = WhyView.Render(report, Terminal with { Width = 200 }, Now);
        Assert.Contains("1.     ! 203.0.113.7 (pts/1)  this shell belongs to its login; it is stalled now\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_to_the_same_host()
    {
        var facts = new RouteFacts(Below(900, 100), [Home, Work]);
        RouteStep own = Router.Choose(facts).Leader!;
        RouteStep detour = new(Work.Agent, Work.Login, RouteReason.Attached) { Detour = own };
        string said = RouteReports.Answer(Result(facts, detour), "this shell", Now)!.Explanation;
        Assert.Equal("this shell runs in a login from this same host; where that login was started, this session is attached to its terminal", said);
    }

    [Fact]
    public void A_pane_of_a_detached_session() =>
        Matches("why-last-attached.txt", new RouteFacts(Pane() with { LastAttached = [200] }, [Home, Work]), Ssh);

    [Fact]
    public void A_program_below_an_editor_s_server() =>
        Matches(
            "why-connected.txt",
            new RouteFacts(BelowServer(ConnectedFrom(200, Noon), ConnectedFrom(100, Now.AddSeconds(-12))).WithEnvironment(connection: HomeConnection), [Home, Work]),
            Ssh);

    [Fact]
    public void Over_TCP_nobody_can_be_seen() =>
        Assert.Equal(
            "ssh does not run in tmux, screen or the like; the server above it (process 800) is reached over TCP, and fairlead cannot see from where",
            Misses(Below(900, 800) with { TcpServer = 800 })[1]);

    [Fact]
    public void A_program_that_outlived_its_login() =>
        Matches("why-environment.txt", new RouteFacts(Below(900).WithEnvironment(connection: HomeConnection), [Home, Work]), Ssh);

    [Fact]
    public void Another_laptop_s_agent_is_called_so()
    {
        var facts = new RouteFacts(Pane(On(400)).WithEnvironment(connection: $"{HomeAddress} 4000 10.0.0.1 22"), [Work, Local("keychain")]);

        Matches("why-another-laptop.txt", facts, Shell);
        AnswerReport answer = RouteReports.Answer(Result(facts, Router.Choose(facts).Leader), "this shell", Now)!;
        Assert.Equal("no other login has an agent; this is another laptop's agent", answer.Explanation);
    }

    [Fact]
    public void A_pinned_agent() => Matches("why-pinned.txt", new RouteFacts(Below(900, 100), [Home, Work]) { Pinned = [Work.Agent] }, Shell);

    [Fact]
    public void An_agent_that_a_rule_names() =>
        Matches("why-rule.txt", new RouteFacts(Below(900, 100), [Home, Work]) { Policy = Decision.Using(Rule($"from:{WorkAddress}")) }, Shell);

    [Fact]
    public void A_rule_that_denies() =>
        Matches("why-denied.txt", new RouteFacts(Below(900), [Home, Work]) { Policy = Decision.Using(Rule("none")) }, Ssh);

    [Fact]
    public void A_rule_whose_agent_is_not_there() =>
        Assert.Equal(
            "a rule in the configuration chooses keychain, which is not there now (line 12: background = true)",
            Why(new RouteFacts(Below(900), [Home]) { Policy = Decision.Using(Rule("keychain")) }, Ssh, answers: true).Rules.Single(rule => rule.Rule == "rule").Explanation);

    [Fact]
    public void What_the_configuration_forbids() =>
        Matches("why-forbidden.txt", new RouteFacts(Below(900), [Home, Local("keychain")]) { Fallback = FallbackMode.None }, Shell);

    [Fact]
    public void What_only_the_same_origin_may_answer() =>
        Matches(
            "why-same-origin.txt",
            new RouteFacts(Below(900).WithEnvironment(connection: $"{HomeAddress} 4000 10.0.0.1 22"), [Work, Local("keychain")])
            {
                Fallback = FallbackMode.SameOrigin,
            },
            Shell);

    [Theory]
    [InlineData("none")]
    [InlineData("same-origin")]
    public void A_pane_that_only_a_phone_without_an_agent_sees(string fallback) =>
        Matches(
            $"why-phone-{fallback}.txt",
            new RouteFacts(Pane(Agentless("192.0.2.9").InView()).WithEnvironment(connection: HomeConnection), [Home, Work])
            {
                Fallback = Enum.GetValues<FallbackMode>().Single(mode => mode.Word() == fallback),
            },
            Ssh);

    [Fact]
    public void A_rule_that_denies_because_it_may_hold() =>
        Assert.Equal(
            "denied, because a rule in the configuration might match: its conditions could not be read (line 12: background = true)",
            Why(new RouteFacts(Below(900), [Home]) { Policy = Decision.Using(Rule("none") with { IsAssumed = true }) }, Ssh, answers: false).Denied);

    [Fact]
    public void A_socket_that_is_not_trusted_is_named()
    {
        WhyReport report = Why(new RouteFacts(Caller.Unknown with { Pid = 77 }, []), new CallerName(77, null, "process 77"), answers: false) with
        {
            Refused = [new RefusedReport { Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242", Reason = "the folder belongs to another user" }],
        };

        Snapshot.Matches("why-none.txt", WhyView.Render(report, Terminal, Now));
    }

    [Fact]
    public void The_latest_three_signatures_that_a_question_refused_are_told()
    {
        RefusedQuestionReport Refused(int line) =>
            new() { Question = QuestionSentenceTests.GitPush with { Line = line, Since = Now.AddMinutes(-line) }, Verdict = new VerdictReport { Verdict = "no" } };

        string page = WhyView.Render(
            Why(new RouteFacts(Below(900), [Home]), Ssh, answers: true) with { Unanswered = [Refused(1), Refused(2), Refused(3), Refused(4)] },
            new OutputStyle(Colour: false, 500),
            Now);

        Assert.Equal(
            Enumerable.Range(1, 3).Select(line => $"not signed: {QuestionSentence.Of(QuestionSentenceTests.GitPush)}: refused by you, {line} min ago (line {line}: under = \"claude\")"),
            page.Split('\n').Where(text => text.StartsWith("not signed", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_comes_through_an_old_path_is_told()
    {
        WhyReport report = Why(new RouteFacts(Below(900).WithEnvironment("/tmp/ssh-XXXXgone01/agent.50"), [Home, Work]), Shell, answers: true) with
        {
            OldPath = "/tmp/ssh-XXXXgone01/agent.50",
        };

        Snapshot.Matches("why-old-path.txt", WhyView.Render(report, Terminal, Now));
    }

    [Fact]
    public void What_could_not_be_seen_is_not_said_to_be_absent()
    {
        Caller hidden = Below(900, 800) with { Unread = CallerFacts.All };
        Caller inAnothersTmux = Pane() with { Unread = CallerFacts.Attachments, Obstacle = Obstacle.AnotherUsers };

        Assert.Equal(
            [
                "ssh runs below process 800, which is hidden here and is not a login that forwards an agent",
                "fairlead cannot see whether ssh runs in tmux, screen or the like",
                "fairlead cannot see whether ssh runs in tmux, screen or the like",
                "the environment of ssh cannot be read",
            ],
            Misses(hidden));
        Assert.Equal("fairlead cannot see where the tmux session is shown: it is another user's", Misses(inAnothersTmux)[1]);
        Assert.Contains("in tmux (process 700), shown somewhere that fairlead cannot see\n", WhyView.Render(Why(new RouteFacts(inAnothersTmux, [Home]), Ssh, answers: true), Terminal with { Width = 200 }, Now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Obstacle.AnotherUsers), "it is another user's")]
    [InlineData(nameof(Obstacle.ClosedFiles), "its open files cannot be read")]
    [InlineData(nameof(Obstacle.NoAnswer), "it did not answer")]
    [InlineData(nameof(Obstacle.None), "it did not answer")] // nobody got so far as to ask
    public void What_stands_in_the_way_is_named(string obstacle, string named)
    {
        Caller caller = Pane() with { Unread = CallerFacts.Attachments, Obstacle = Enum.Parse<Obstacle>(obstacle) };
        Assert.Equal($"fairlead cannot see where the tmux session is shown: {named}", Misses(caller)[1]);
    }

    [Fact]
    public void A_caller_in_another_container_is_called_so()
    {
        WhyReport report = Why(new RouteFacts(Caller.Unknown, [Home]), new CallerName(0, null, "this shell"), answers: true);

        Assert.Equal(["ancestors", "environment", "attachments", "session"], report.Caller.Unread);
        Assert.Contains("who asks: a process in another container\n", WhyView.Render(report, Terminal, Now), StringComparison.Ordinal);
        Assert.Equal("fairlead cannot see this shell: it runs in another container", report.Rules.Single(rule => rule.Rule == "own-login").Explanation);
    }

    [Fact]
    public void The_JSON_holds_the_facts_too()
    {
        WhyReport report = Why(new RouteFacts(Pane(On(200, Now.AddSeconds(-12)) with { IsTypist = true }), [Home, Work]), Ssh, answers: true);

        Snapshot.Matches("why.json", JsonLine.Of(report, ControlJson.Default.WhyReport));
    }

    /// <summary>Every rule has a sentence for every way to miss.</summary>
    [Fact]
    public void Every_miss_has_its_words()
    {
        Caller[] callers = [Caller.Unknown, Below(900), Pane(), Pane(On(400)), Below(900).WithEnvironment("gone")];
        foreach (RouteFacts facts in
            from caller in callers
            from fallback in Enum.GetValues<FallbackMode>()
            select new RouteFacts(caller, [Home, Local("keychain")]) { Fallback = fallback })
        {
            Assert.All(Why(facts, Ssh, answers: false).Rules, rule => Assert.NotEmpty(rule.Explanation));
        }
    }

    [Fact]
    public void What_a_rule_hides_and_what_it_may_deny_is_said() => Matches(
        "why-policy.txt",
        new RouteFacts(new Caller(4711, [4711, 100], null) { LoginPid = 100 }, [Home])
        {
            Policy = Decision.None with
            {
                Limits =
                [
                    new PolicyRule(new RuleConditions { Host = "github.com" }, 20) { Keys = new KeyChoice(["SHA256:a", "SHA256:b"]), IsAssumed = true },
                    new PolicyRule(new RuleConditions { Under = "claude" }, 24) { Keys = new KeyChoice(["SHA256:a"]) },
                ],
                Later = [new PolicyRule(new RuleConditions { Under = "claude", User = "root" }, 30) { Use = AgentChoice.None }],
            },
        },
        Ssh);

    private static PolicyRule Rule(string use) => new(new RuleConditions { Background = true }, 12) { Use = AgentChoice.Parse(use) };

    private static void Matches(string snapshot, RouteFacts facts, CallerName caller) =>
        Snapshot.Matches(snapshot, WhyView.Render(Why(facts, caller, answers: true), Terminal, Now));

    private static string[] Misses(Caller caller) =>
        [.. Why(new RouteFacts(caller, [Home]), Ssh, answers: true).Rules.Where(rule => rule.Rule is "own-login" or "attached" or "last-attached" or "environment").Select(rule => rule.Explanation)];

    private static WhyReport Why(RouteFacts facts, CallerName caller, bool answers)
    {
        RouteStep? leader = Router.Choose(facts).Leader;
        return RouteReports.Why(Result(facts, answers ? leader : null), caller, Now);
    }

    private static DryRunResult Result(RouteFacts facts, RouteStep? answering) => new(new RoutePlan(facts, Router.Choose(facts)), answering, 2, 5);
}
