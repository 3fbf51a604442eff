using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>
/// The failures that fairlead is there for. They show that the stories of the other tests can fail: with no cure every old pane
/// fails, and with the symlink recipe the second login's end takes the agent away from the first.
/// </summary>
public class TheProblemTests
{
    [Theory]
    [InlineData(ShellKind.Bash, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder)]
    [InlineData(ShellKind.Bash, MultiplexerKind.Screen, SocketLayout.TemporaryFolder)]
    [InlineData(ShellKind.Zsh, MultiplexerKind.Screen, SocketLayout.HomeFolder)]
    [InlineData(ShellKind.Fish, MultiplexerKind.Tmux, SocketLayout.HomeFolder)]
    public async Task Without_a_cure_the_old_pane_is_refused(ShellKind shell, MultiplexerKind kind, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(shell, Cure.None);
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        var multiplexer = Multiplexer.Of(kind);
        Login desk = await work.LogIn(layout);
        await desk.Start(multiplexer);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await desk.Detach(multiplexer);
        await desk.LogOut();

        Login sofa = await home.LogIn(layout);
        await sofa.Reattach(multiplexer);
        Web01Answer answer = await sofa.TryWeb01();

        Assert.Equal(255, answer.ExitCode);
        Assert.Null(answer.Key);
        Assert.Contains("Permission denied", answer.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task The_symlink_recipe_survives_a_reattach(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell, Cure.Symlink);

        await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);
    }

    [Fact]
    public async Task The_symlink_recipe_fails_the_one_who_stays_when_another_login_ends()
    {
        await using Stage stage = await Stage.Raise(ShellKind.Bash, Cure.Symlink);
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        Login desk = await work.LogIn();
        await desk.LogOut();

        Web01Answer answer = await sofa.TryWeb01();

        Assert.Null(answer.Key);
    }
}
