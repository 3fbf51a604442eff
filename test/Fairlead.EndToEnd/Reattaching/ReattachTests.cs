using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

public class ReattachTests
{
    public static MatrixTheoryData<ShellKind, MultiplexerKind, SocketLayout> Stories { get; } = new(
        [ShellKind.Bash, ShellKind.Zsh, ShellKind.Fish],
        [MultiplexerKind.Tmux, MultiplexerKind.Screen],
        [SocketLayout.TemporaryFolder, SocketLayout.HomeFolder]);

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task An_old_pane_reaches_web01_with_the_key_of_the_laptop_that_is_there_now(
        ShellKind shell, MultiplexerKind multiplexer, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(shell);

        await ReattachStory.Play(stage, multiplexer, layout);
    }

    /// <summary>Only tmux starts login shells, and only as one does the plain sh read a file at all.</summary>
    [Theory]
    [InlineData(SocketLayout.TemporaryFolder)]
    [InlineData(SocketLayout.HomeFolder)]
    public async Task The_plain_sh_is_served_as_well(SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(ShellKind.Sh);

        await ReattachStory.Play(stage, MultiplexerKind.Tmux, layout);
    }

    [Theory]
    [InlineData(ShellKind.Ksh, MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Ksh, MultiplexerKind.Screen)]
    [InlineData(ShellKind.Tcsh, MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Tcsh, MultiplexerKind.Screen)]
    public async Task So_are_the_older_shells(ShellKind shell, MultiplexerKind multiplexer)
    {
        await using Stage stage = await Stage.Raise(shell);

        await ReattachStory.Play(stage, multiplexer, SocketLayout.TemporaryFolder);
    }

    [Theory]
    [InlineData(SocketLayout.TemporaryFolder)]
    [InlineData(SocketLayout.HomeFolder)]
    public async Task An_old_pane_works_again_after_the_connection_broke(SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise();
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login desk = await work.LogIn(layout);
        await desk.Start(tmux);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await desk.LoseConnection();

        Login sofa = await home.LogIn(layout);
        await sofa.Reattach(tmux);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_new_window_of_the_old_session_works_as_the_old_one_does()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);

        await sofa.Window.Type("tmux new-window \"printf 'fresh-%s' pane; exec bash\"");
        await sofa.Window.Expect("fresh-pane");

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }
}
