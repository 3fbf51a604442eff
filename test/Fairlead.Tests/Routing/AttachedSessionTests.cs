using Fairlead.Core.Callers;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>Callers in a pane: where the person sits decides, not where the pane was opened.</summary>
public sealed class AttachedSessionTests
{
    private static readonly AgentFacts Home = Forwarded("home", 100, Noon);
    private static readonly AgentFacts Work = Forwarded("work", 200, Noon.AddHours(1));
    private static readonly AgentFacts Phone = Forwarded("phone", 300, Noon.AddHours(2));

    [Fact]
    public void The_login_that_the_session_is_attached_to_leads()
    {
        Route route = Choose(Pane(On(100)));
        Assert.Equal(("home", RouteReason.Attached), route.Words()[0]);
        Assert.Equal("pts/1", route.Leader!.Attachment!.Terminal);
        Assert.True(route.Leader.IsCertain);
    }

    [Fact]
    public void Of_two_the_one_typed_in_last_leads() => Assert.Equal("work", Leader(On(100, Noon), On(200, Noon.AddSeconds(8))));

    [Fact]
    public void The_multiplexer_s_word_on_who_typed_counts_more_than_any_time() =>
        Assert.Equal("home", Leader(On(100, Noon) with { IsTypist = true }, On(200, Noon.AddSeconds(8))));

    [Fact]
    public void Who_looks_at_another_window_is_left_out()
    {
        Route route = Choose(Pane(On(100, Noon).InView(), On(200, Noon.AddHours(1)) with { IsTypist = true }));
        Assert.Equal([("home", RouteReason.Attached), ("phone", RouteReason.MostRecentlyTyped), ("work", RouteReason.MostRecentlyTyped)], route.Words());
    }

    [Fact]
    public void When_nobody_looks_at_the_window_those_of_its_session_count() =>
        Assert.Equal("work", Leader(On(100, Noon), On(200, Noon.AddHours(1))));

    [Fact]
    public void Who_only_looks_on_stands_behind_all_others()
    {
        Attachment phone = On(300, Noon.AddHours(2)) with { IsReadOnly = true, IsTypist = true };
        Assert.Equal(["home", "phone"], Choose(Pane(phone, On(100, Noon))).Names()[..2]);
        Assert.Equal("phone", Leader(phone));
    }

    [Fact]
    public void A_terminal_whose_login_cannot_be_seen_is_found_by_the_login_s_title() =>
        Assert.Equal("home", Leader(new Attachment(0, "pts/1")));

    [Fact]
    public void An_agent_of_another_pid_namespace_is_not_taken_for_a_login_that_cannot_be_seen()
    {
        AgentFacts elsewhere = Forwarded("elsewhere", 0, null);
        Caller caller = Pane(new Attachment(0, "pts/9"));
        Assert.Equal(RouteReason.MostRecentlyTyped, Router.Choose(new RouteFacts(caller, [elsewhere])).Leader!.Reason);
        Caller detached = Pane() with { LastAttached = [0] };
        Assert.Equal(RouteReason.MostRecentlyTyped, Router.Choose(new RouteFacts(detached, [elsewhere])).Leader!.Reason);
    }

    [Fact]
    public void An_attached_login_without_an_agent_leaves_the_next() => Assert.Equal("home", Leader(On(400, Noon.AddHours(3)), On(100, Noon)));

    [Fact]
    public void A_detached_session_is_answered_by_the_login_that_was_attached_last()
    {
        Route route = Choose(Pane() with { LastAttached = [400, 100, 200] });
        Assert.Equal([("home", RouteReason.LastAttached), ("work", RouteReason.LastAttached), ("phone", RouteReason.MostRecentlyTyped)], route.Words());
    }

    [Fact]
    public void While_anybody_is_attached_the_past_does_not_count() =>
        Assert.Equal("phone", Choose(Pane(On(400)) with { LastAttached = [100] }).Leader!.Agent.Path);

    [Fact]
    public void Of_two_that_are_connected_to_a_server_the_newest_leads() =>
        Assert.Equal("home", Choose(BelowServer(ConnectedFrom(200, Noon), ConnectedFrom(100, Noon.AddSeconds(1)))).Leader!.Agent.Path);

    [Fact]
    public void Who_is_connected_to_a_server_counts_more_than_where_it_was_started()
    {
        Caller caller = BelowServer(ConnectedFrom(200, Noon)).WithEnvironment("home");
        Assert.Equal([("work", RouteReason.Attached), ("home", RouteReason.Environment)], Choose(caller).Words()[..2]);
    }

    [Fact]
    public void The_environment_of_a_pane_tells_only_where_it_was_opened()
    {
        Caller caller = Pane(On(200)).WithEnvironment("home");
        Assert.Equal([("work", RouteReason.Attached), ("home", RouteReason.Environment)], Choose(caller).Words()[..2]);
    }

    private static string Leader(params Attachment[] attachments) => Choose(Pane(attachments)).Leader!.Agent.Path;

    private static Route Choose(Caller caller) => Router.Choose(new RouteFacts(caller, [Home, Work, Phone]));
}
