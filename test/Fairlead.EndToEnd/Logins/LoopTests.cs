using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>Ways that lead back to the gateway: <c>ssh -A</c> to itself from a pane, and out to another host and back.</summary>
public class LoopTests
{
    private static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    [Fact]
    public async Task A_login_to_the_same_host_is_answered_like_the_shell_it_was_typed_in()
    {
        await using Stage stage = await Stage.Raise();
        await stage.NameGatewayOnItself();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage, turns: 2);
        await sofa.Start(Tmux);
        await Hop(sofa, "gateway");
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn(); // work has typed last, but the pane is home's
        await job.Tells("web01 saw home-key in turn 2");
        (_, string why) = await desk.Ask($"{stage.Fairlead} status");
        Assert.Contains("leads back to fairlead", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_another_host_and_back_the_person_is_still_the_one_at_the_pane()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await (await stage.AddHostWithFairlead("hop")).Allow(home.Key.Public);
        Login sofa = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage, turns: 2);
        await sofa.Start(Tmux);
        await Hop(sofa, "hop");
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await Hop(sofa, "gateway");
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 2");
    }

    [Fact]
    public async Task When_the_laptop_leaves_the_circle_that_closes_ends_in_failure()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await (await stage.AddHostWithFairlead("hop")).Allow(home.Key.Public);
        Login sofa = await home.LogIn();
        await using Job job = await Job.OfTurns(stage, turns: 2);
        await sofa.Start(Tmux);
        await Hop(sofa, "hop");
        await Hop(sofa, "gateway");
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");
        await sofa.Detach(Tmux);
        await sofa.LogOut();

        await job.GoOn();
        await job.Tells("turn 2 failed");
        Assert.NotEqual(0, (await stage.AsPerson("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l")).ExitCode);
    }

    private static async Task Hop(Login login, string host)
    {
        await login.Window.Type($"ssh -A {host}");
        await login.Window.Expect(Shell.Prompt);
    }
}
