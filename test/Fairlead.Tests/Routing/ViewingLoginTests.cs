using Fairlead.Core.Logins;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>At which login the person sits whose variables a shell should have.</summary>
public sealed class ViewingLoginTests
{
    [Fact]
    public void Below_a_login_it_is_that_login_and_the_process_that_leads_there() =>
        Assert.Equal(new ViewingLogin(100, "", 850), Viewers.ViewingLoginOf(Below(900, 850, 100) with { LoginPid = 100, FirstOfLogin = 850 }));

    [Fact]
    public void In_a_pane_it_is_the_terminal_that_shows_it() =>
        Assert.Equal(new ViewingLogin(200, "pts/2", 0), Viewers.ViewingLoginOf(Pane(On(200))));

    [Fact]
    public void Of_two_terminals_it_is_the_one_that_was_typed_in_last() =>
        Assert.Equal(new ViewingLogin(200, "pts/2", 0), Viewers.ViewingLoginOf(Pane(On(100, Noon), On(200, Noon.AddSeconds(8)))));

    [Fact]
    public void A_terminal_that_shows_another_window_is_none() =>
        Assert.Equal(new ViewingLogin(100, "pts/1", 0), Viewers.ViewingLoginOf(Pane(On(100, Noon).InView(), On(200, Noon.AddSeconds(8)))));

    [Fact]
    public void Where_nobody_looks_there_is_none() => Assert.Null(Viewers.ViewingLoginOf(Pane()));

    [Fact]
    public void The_machine_s_own_screen_is_none() => Assert.Null(Viewers.ViewingLoginOf(Pane(Agentless(null))));
}
