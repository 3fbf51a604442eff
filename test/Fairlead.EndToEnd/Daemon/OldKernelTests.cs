using Fairlead.EndToEnd.Healing;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Systems;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>Kernels that do not know all of today's system calls.</summary>
public class OldKernelTests
{
    [Theory]
    [InlineData("5.2", Label = "no pidfd_open")]
    [InlineData("3.15", Label = "the oldest one")]
    public async Task The_story_is_the_same(string version)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage);
        await stage.Install();
        (await On(version, stage, "start")).Succeeded();
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        await sofa.Reattach(pane.Multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        (await On(version, stage, "restart")).Succeeded();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        Task gone = FileEvent.Disappears(pane.Made);
        (await stage.AsPerson("tmux", "kill-server")).Succeeded();
        await gone;
        (await On(version, stage, "stop")).Succeeded();
        (await On(version, stage, "start")).Succeeded(); // the one before has let go of everything
    }

    /// <summary>RHEL 8's kernel, without what Red Hat has added to it: sshd, the shells, tmux and screen do without the newer calls, too.</summary>
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task On_an_old_distribution_all_that_a_person_does_goes_as_elsewhere(MultiplexerKind multiplexer)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None, surround: command => LooksLike("4.18", command));

        await WholeStory.Play(stage, multiplexer);
    }

    [Fact]
    public async Task Below_the_oldest_one_every_command_says_so()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        foreach (string command in new[] { "start", "daemon", "status", "restart", "path" })
        {
            Finished told = await On("3.14", stage, command);

            Assert.NotEqual(0, told.ExitCode);
            Assert.Equal("fairlead: this kernel is too old: fairlead needs Linux 3.15 or later\nhint: uname -r (says which one runs)\n", told.Error);
            Assert.Empty(told.Output);
        }

        foreach (string[] login in new[] { new[] { "init", "bash" }, ["init", "zsh", "--refresh-env"] })
        {
            Finished silent = await On("3.14", stage, login);
            Assert.Equal((0, "", ""), (silent.ExitCode, silent.Output, silent.Error));
        }
    }

    private static Task<Finished> On(string version, Stage stage, params string[] words) =>
        LooksLike(version, Invocation.Of([stage.Fairlead, .. words])).As(stage.Person).Run();

    private static Invocation LooksLike(string version, Invocation command) =>
        Invocation.Of([PythonScript.Program, PythonScript.PathOf("old-kernel"), version, .. command.Words]);
}
