using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>
/// Two people share a session of screen, each from a pane of a tmux of their own: whoever types in the shared session is answered by their own laptop.
/// </summary>
public class SharedFromPanesTests
{
    private const int Turns = 8;

    [Fact]
    public async Task Who_types_in_the_shared_session_signs()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, Login desk) = await Share(stage);
        for (int turn = 0; turn < Turns; turn++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    /// <summary>Both panes stay in view, and the outer terminal tells nothing of which of them was typed in.</summary>
    [Fact]
    public async Task What_is_typed_in_a_pane_beside_it_does_not_count()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, Login desk) = await Share(stage);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await using Job job = await Job.Waiting(stage, "it waits", "ssh -n web01 1 >&3 || echo failed >&3");
        await sofa.Window.Type("sh ~/job");
        await job.Tells("it waits");

        await desk.Window.Press("C-b", "%");
        await desk.Window.Expect(Shell.Prompt);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();

        await job.Tells("web01 saw home-key in turn 1");
    }

    private static async Task<(Login Sofa, Login Desk)> Share(Stage stage)
    {
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        await sofa.Start(tmux with { Start = "tmux -L home new-session" });
        await desk.Start(tmux with { Start = "tmux -L work new-session" });
        await sofa.Window.Type("screen -S main");
        await sofa.Window.Expect(Shell.Prompt);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await desk.Window.Type("screen -x main");
        await desk.Window.Expect(Shell.Prompt);
        return (sofa, desk);
    }
}
