using Fairlead.Core.Control;
using Fairlead.Launch;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class InitDecisionTests
{
    private static InitDecision Nothing => default;

    /// <summary>A login with a forwarded agent while the daemon runs.</summary>
    private static readonly InitFacts Usual = new()
    {
        Listener = SocketOwner.Login,
        InSession = true,
        HasPlace = true,
        HomeIsForeign = false,
        DaemonListens = true,
        MayStart = true,
    };

    [Fact]
    public void A_login_s_own_agent_is_registered_and_replaced() =>
        Assert.Equal(new InitDecision(Export: true, Start: false, Register: true), InitDecision.Decide(Usual));

    [Fact]
    public void The_first_login_starts_the_daemon() =>
        Assert.Equal(new InitDecision(Export: true, Start: true, Register: true), InitDecision.Decide(Usual with { DaemonListens = false }));

    [Fact]
    public void A_login_without_forwarding_gets_the_path_too() =>
        Assert.Equal(
            new InitDecision(Export: true, Start: false, Register: false),
            InitDecision.Decide(Usual with { Listener = SocketOwner.Unset }));

    [Fact]
    public void A_local_shell_without_an_agent_is_left_alone_where_fairlead_does_not_run() =>
        Assert.Equal(Nothing, InitDecision.Decide(Usual with { Listener = SocketOwner.Unset, InSession = false, DaemonListens = false }));

    [Fact]
    public void A_local_shell_without_an_agent_gets_the_path_where_it_does() =>
        Assert.Equal(
            new InitDecision(Export: true, Start: false, Register: false),
            InitDecision.Decide(Usual with { Listener = SocketOwner.Unset, InSession = false }));

    [Fact]
    public void A_live_agent_is_kept_when_the_daemon_refuses_it()
    {
        InitDecision decision = InitDecision.Decide(Usual);
        Assert.Equal(Nothing, decision.After(RegisterOutcome.Refused));
        Assert.Equal(decision, decision.After(RegisterOutcome.Usable));
        Assert.Equal(decision, decision.After(RegisterOutcome.Late));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dead_agent_is_replaced_anywhere(bool inSession) =>
        Assert.True(InitDecision.Decide(Usual with { Listener = SocketOwner.Nobody, InSession = inSession }).Export);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_agent_that_the_person_runs_is_kept_anywhere(bool inSession) =>
        Assert.Equal(Nothing, InitDecision.Decide(Usual with { Listener = SocketOwner.AnotherProgram, InSession = inSession }));

    [Fact]
    public void Our_own_path_is_printed_again_and_never_registered() =>
        Assert.Equal(
            new InitDecision(Export: true, Start: false, Register: false),
            InitDecision.Decide(Usual with { Listener = SocketOwner.Ourselves }));

    [Fact]
    public void Without_a_safe_place_the_shell_stays_as_it_was() =>
        Assert.Equal(Nothing, InitDecision.Decide(Usual with { HasPlace = false }));

    [Fact]
    public void A_cron_job_does_not_trade_a_live_agent_for_a_path_where_nobody_listens() =>
        Assert.Equal(Nothing, InitDecision.Decide(Usual with { DaemonListens = false, MayStart = false }));

    [Fact]
    public void In_another_user_s_home_a_live_socket_of_its_owner_is_taken() =>
        Assert.Equal(
            new InitDecision(Export: true, Start: false, Register: false),
            InitDecision.Decide(Usual with { HomeIsForeign = true }));

    [Fact]
    public void In_another_user_s_home_nothing_is_started() =>
        Assert.Equal(Nothing, InitDecision.Decide(Usual with { HomeIsForeign = true, DaemonListens = false }));

    [Theory]
    [InlineData(nameof(StartOutcome.Listening), true)]
    [InlineData(nameof(StartOutcome.AlreadyRunning), true)]
    [InlineData(nameof(StartOutcome.Late), true)]
    [InlineData(nameof(StartOutcome.Failed), false)]
    public void A_late_daemon_still_comes_and_one_that_failed_does_not(string outcome, bool export) =>
        Assert.Equal(export, InitDecision.Decide(Usual with { DaemonListens = false }).After(Enum.Parse<StartOutcome>(outcome)).Export);

    [Fact]
    public void Over_all_facts_the_rules_hold_that_nothing_may_break()
    {
        Assert.All(AllFacts(), facts =>
        {
            InitDecision decision = InitDecision.Decide(facts);
            Assert.False(decision.Export && facts.Listener == SocketOwner.AnotherProgram, $"a foreign agent was replaced: {facts}");
            Assert.False(decision.Export && !facts.HasPlace, $"a path without a place: {facts}");
            Assert.False(decision.Export && !facts.DaemonListens && !facts.MayStart, $"a path where nobody will listen: {facts}");
            Assert.False(decision.Start && (facts.HomeIsForeign || facts.DaemonListens || !facts.MayStart), $"a wrong start: {facts}");
            Assert.False(decision.Register && facts.Listener != SocketOwner.Login, $"a wrong registration: {facts}");
            Assert.False(decision.Register && facts.HomeIsForeign, $"a registration with another user's daemon: {facts}");
            Assert.False((decision.Start || decision.Register) && !decision.Export, $"work for nothing: {facts}");
        });
    }

    private static IEnumerable<InitFacts> AllFacts() =>
        from listener in Enum.GetValues<SocketOwner>()
        from bits in Enumerable.Range(0, 32)
        select new InitFacts
        {
            Listener = listener,
            InSession = (bits & 1) != 0,
            HasPlace = (bits & 2) != 0,
            HomeIsForeign = (bits & 4) != 0,
            DaemonListens = (bits & 8) != 0,
            MayStart = (bits & 16) != 0,
        };
}
