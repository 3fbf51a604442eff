using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>Programs that left the process tree of their login: what they were started with says where they belong, as long as it is there.</summary>
public class OutlivingTests
{
    private const string HomeAddress = "127.0.0.2";

    [Theory]
    [InlineData("setsid -f sh ~/job")]
    [InlineData("setsid -f nohup sh ~/job >/dev/null 2>&1")]
    [InlineData("(sh ~/job &)")]
    public async Task A_job_is_answered_by_the_login_that_started_it_and_then_by_who_is_there(string start)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage);
        await sofa.Window.Type(start);
        await job.Tells("web01 saw home-key in turn 1");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 2");

        await sofa.LogOut();
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 3");
    }

    /// <summary>An editor's server, say: the connection that started it is over, and its laptop has come back over another one.</summary>
    [Fact]
    public async Task What_outlived_its_login_is_answered_by_the_same_laptop_when_that_is_back()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home", HomeAddress);
        Login sofa = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage);
        await sofa.Window.Type("setsid -f sh ~/job");
        await job.Tells("web01 saw home-key in turn 1");
        await sofa.LogOut();

        await home.LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 2");
    }

    /// <summary>The master asks for the agent when the far host does, long after its shell is gone: it still belongs to its pane.</summary>
    [Fact]
    public async Task A_master_in_the_background_of_a_pane_is_answered_by_who_looks_at_the_pane()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        SshServer vault = await stage.AddHost("vault");
        await vault.Allow(home.Key.Public);
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login sofa = await home.LogIn();
        await sofa.Start(tmux);
        Assert.Equal(0, (await sofa.Ask("ssh -A -f -N -M -S ~/master vault")).ExitCode);
        Assert.EndsWith("home-key", (await sofa.Ask("ssh -A -S ~/master vault ssh-add -L")).Output, StringComparison.Ordinal);
        await sofa.Detach(tmux);

        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await desk.Reattach(tmux);
        await sofa.Window.Press("Space");
        Assert.EndsWith("work-key", (await desk.Ask("ssh -A -S ~/master vault ssh-add -L")).Output, StringComparison.Ordinal);
        await sofa.LogOut();
        Assert.EndsWith("work-key", (await desk.Ask("ssh -A -S ~/master vault ssh-add -L")).Output, StringComparison.Ordinal);
    }
}
