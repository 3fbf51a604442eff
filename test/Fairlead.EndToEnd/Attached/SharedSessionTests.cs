using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>One session on several terminals at once: whoever types is answered by their own laptop.</summary>
public class SharedSessionTests
{
    private static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    [Fact]
    public async Task Who_types_in_a_shared_tmux_session_signs()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(Tmux);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        await desk.Reattach(Tmux);
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    [Fact]
    public async Task A_phone_that_only_looks_on_never_signs()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Login phone = await (await stage.AddLaptop("phone")).LogIn();
        await sofa.Start(Tmux);
        await desk.Reattach(Tmux);
        await phone.Reattach(Tmux with { Reattach = "tmux attach-session -r -t main" });
        for (int round = 0; round < 3; round++)
        {
            await phone.Window.Press("Space");
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    [Fact]
    public async Task In_grouped_sessions_each_window_belongs_to_who_shows_it()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(Tmux);
        await desk.Start(Tmux with { Start = "tmux new-session -t main -s group \\; new-window" });
        for (int round = 0; round < 5; round++)
        {
            string[] keys = await Task.WhenAll(sofa.KeySeenByWeb01(), desk.KeySeenByWeb01());
            Assert.Equal(["home-key", "work-key"], keys);
        }
    }

    /// <summary>Who stays alone is certain, whoever typed last.</summary>
    [Fact]
    public async Task Who_is_left_in_a_shared_screen_session_signs()
    {
        await using Stage stage = await Stage.Raise();
        var screen = Multiplexer.Of(MultiplexerKind.Screen);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(screen);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await desk.Reattach(screen with { Reattach = "screen -x main" });
        await sofa.Detach(screen);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        await sofa.Reattach(screen with { Reattach = "screen -x main" });
        await desk.Detach(screen);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }
}
