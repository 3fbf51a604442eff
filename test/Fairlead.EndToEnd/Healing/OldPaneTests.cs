using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Healing;

/// <summary>A pane that was there before fairlead was installed works with nothing typed in it but the command itself.</summary>
public class OldPaneTests
{
    public static MatrixTheoryData<MultiplexerKind, SocketLayout> Panes { get; } = new(
        [MultiplexerKind.Tmux, MultiplexerKind.Screen],
        [SocketLayout.TemporaryFolder, SocketLayout.HomeFolder]);

    [Theory]
    [MemberData(nameof(Panes))]
    public async Task A_pane_from_before_fairlead_was_installed_has_the_keys_of_the_login_that_is_there_now(
        MultiplexerKind multiplexer, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage, multiplexer, layout);
        Assert.False(Path.Exists(pane.Path));
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn(layout);

        await stage.Install();
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} start")).ExitCode);
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        await sofa.Reattach(pane.Multiplexer);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal(pane.Path, await sofa.AuthSock());
        Assert.Contains($"reaches fairlead at {pane.Path}", (await sofa.Ask($"{stage.Fairlead} why")).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(pane.Path, (await sofa.Ask($"{stage.Fairlead} status")).Output, StringComparison.Ordinal);
    }

    /// <summary>The file stays, so that no moment comes in which the pane is refused.</summary>
    [Theory]
    [InlineData(SocketLayout.TemporaryFolder)]
    [InlineData(SocketLayout.HomeFolder)]
    public async Task A_restart_of_the_daemon_hands_the_path_on(SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage, layout: layout);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        string inode = (await Invocation.Of("stat", "--format=%d:%i", pane.Path).Run()).Output;

        (await stage.AsPerson(stage.Fairlead, "restart")).Succeeded();

        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        Assert.Equal(inode, (await Invocation.Of("stat", "--format=%d:%i", pane.Path).Run()).Output);
        Assert.Equal(await SocketPeer.ProcessOf(stage.StableSocket), await SocketPeer.ProcessOf(pane.Path));
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        Assert.False(Path.Exists(pane.Path));
    }

    [Theory]
    [InlineData(SocketLayout.TemporaryFolder)]
    [InlineData(SocketLayout.HomeFolder)]
    public async Task After_a_kill_minus_nine_of_the_daemon_the_same_path_answers_again(SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage, layout: layout);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal([pane.Path], await OldPane.Healed(stage));

        await stage.KillDaemon();
        Assert.True(Path.Exists(pane.Path));
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn(layout);
        await sofa.Reattach(pane.Multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Theory]
    [InlineData(SocketLayout.TemporaryFolder)]
    [InlineData(SocketLayout.HomeFolder)]
    public async Task A_login_that_ends_while_a_pane_still_names_its_agent_leaves_a_path_that_answers(SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn(layout);

        OldPane pane = await OldPane.Leave(stage, layout: layout, command: $"{stage.Fairlead} status");
        await FileEvent.Appears(pane.Path);

        await sofa.Reattach(pane.Multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_path_that_no_program_names_any_more_goes_with_the_program()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        var gone = FileEvent.Disappears(pane.Made);

        (await stage.AsPerson("tmux", "kill-server")).Succeeded();

        await gone;
        Assert.Empty(await OldPane.Healed(stage));
    }
}
