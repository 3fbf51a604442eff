using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

public sealed class RouterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_shell_is_answered_by_its_own_login_although_another_was_typed_in_later()
    {
        AgentFacts own = Forwarded("own", 100, typed: Noon);
        AgentFacts other = Forwarded("other", 200, typed: Noon.AddHours(1));
        Route route = Choose(Of([300, 250, 100]), other, own);
        Assert.Equal([("own", RouteReason.OwnLogin), ("other", RouteReason.MostRecentlyTyped)], Steps(route));
        Assert.True(route.Leader!.IsCertain);
    }

    [Fact]
    public void Of_logins_inside_logins_the_nearest_leads()
    {
        AgentFacts outer = Forwarded("outer", 100, typed: Noon);
        AgentFacts inner = Forwarded("inner", 200, typed: null);
        Assert.Equal(
            [("inner", RouteReason.OwnLogin), ("outer", RouteReason.OwnLogin)],
            Steps(Choose(Of([300, 200, 150, 100]), outer, inner)));
    }

    [Fact]
    public void Without_an_own_login_who_typed_last_leads()
    {
        AgentFacts early = Forwarded("early", 100, typed: Noon);
        AgentFacts late = Forwarded("late", 200, typed: Noon.AddMinutes(1));
        AgentFacts headless = Forwarded("headless", 300, typed: null);
        Route route = Choose(Caller.Unknown, headless, early, late);
        Assert.Equal(["late", "early", "headless"], Names(route));
        Assert.False(route.Leader!.IsCertain);
    }

    [Fact]
    public void Logins_from_the_callers_own_machine_come_before_others_even_without_a_terminal()
    {
        AgentFacts home = Forwarded("home", 100, typed: null, address: "192.0.2.7");
        AgentFacts work = Forwarded("work", 200, typed: Noon, address: "198.51.100.1");
        Assert.Equal(["home", "work"], Names(Choose(Of([300], "192.0.2.7"), work, home)));
        Assert.Equal(["work", "home"], Names(Choose(Of([300]), work, home)));
    }

    [Fact]
    public void Of_equals_the_newest_leads()
    {
        AgentFacts old = Forwarded("old", 100, typed: Noon, created: Noon);
        AgentFacts young = Forwarded("young", 200, typed: Noon, created: Noon.AddSeconds(1));
        Assert.Equal(["young", "old"], Names(Choose(Caller.Unknown, old, young)));
    }

    [Fact]
    public void Local_agents_stand_last_in_the_order_of_the_configuration()
    {
        AgentFacts forwarded = Forwarded("forwarded", 100, typed: null);
        Route route = Choose(Caller.Unknown, Local("one"), forwarded, Local("two"));
        Assert.Equal(["forwarded", "one", "two"], Names(route));
        Assert.Equal(RouteReason.Local, route.Steps[^1].Reason);
    }

    [Fact]
    public void Without_agents_the_route_is_empty() => Assert.Null(Choose(Of([1, 2, 3])).Leader);

    [Fact]
    public void Every_reason_has_words()
        => Assert.All(Enum.GetValues<RouteReason>(), reason =>
        {
            Assert.Matches("^[a-z-]+$", reason.Word());
            Assert.NotEmpty(reason.Describe());
        });

    private static Route Choose(Caller caller, params AgentFacts[] agents) => Router.Choose(new RouteFacts(caller, agents));

    private static Caller Of(int[] ancestors, string? address = null) => new(ancestors[0], ancestors, address);

    private static AgentFacts Forwarded(
        string name, int session, DateTimeOffset? typed, string? address = null, DateTimeOffset created = default) =>
        new(
            new Agent { Path = name, Source = AgentSource.Forwarded, Identity = default, Created = created },
            new Login(session, "al", typed is null ? [] : [new Terminal("pts/0", typed)], address));

    private static AgentFacts Local(string name) =>
        new(new Agent { Path = name, Source = AgentSource.Local, Identity = default, Created = default }, null);

    private static string[] Names(Route route) => [.. route.Steps.Select(step => step.Agent.Path)];

    private static (string, RouteReason)[] Steps(Route route) => [.. route.Steps.Select(step => (step.Agent.Path, step.Reason))];
}
