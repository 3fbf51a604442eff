using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>What tmux runs that is no pane: it belongs to a session all the same, and not to whoever typed last in another one of the same server.</summary>
public class TmuxJobTests
{
    [Theory]
    [InlineData("tmux popup -E 'sh ~/job'")]
    [InlineData("tmux run-shell -b 'sh ~/job'")]
    [InlineData("tmux if-shell -b 'sh ~/job' ''")]
    [InlineData("tmux set-hook after-new-window \"run-shell -b 'sh ~/job'\" \\; new-window -d")]
    public async Task A_job_is_answered_by_who_looks_at_its_session(string start)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        await sofa.Start(tmux);
        await desk.Start(tmux with { Start = "tmux new-session -s desk" });
        await using Job job = await Job.Waiting(stage, "it waits", "ssh -n web01 1 >&3 || echo failed >&3");
        await sofa.Window.Type(start);
        await job.Tells("it waits");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();

        await job.Tells("web01 saw home-key in turn 1");
    }

    /// <summary>setsid leaves the pane's own process, and the pane closes: its name leads nowhere any more, but the session is still there.</summary>
    [Fact]
    public async Task What_a_closed_pane_left_behind_belongs_to_its_session()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        await sofa.Start(tmux);
        await desk.Start(tmux with { Start = "tmux new-session -s desk" });
        await using Job job = await Job.Waiting(stage, "it waits", "ssh -n web01 1 >&3 || echo failed >&3");
        await sofa.Window.Type("tmux split-window 'nohup setsid sh ~/job'");
        await job.Tells("it waits");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();

        await job.Tells("web01 saw home-key in turn 1");
    }
}
