using Fairlead.EndToEnd.Healing;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>A home that is full, or whose quota is used up: nothing is lost, and what is said is true.</summary>
public class FullHomeTests
{
    [Fact]
    public async Task A_restart_says_the_right_pid_and_a_kill_loses_no_old_path()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        SmallState state = await SmallState.Mount(stage, "size=256k");
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await state.Fill();
        OldPane pane = await OldPane.Leave(stage);

        Finished restarted = (await stage.AsPerson(stage.Fairlead, "restart")).Succeeded();
        Assert.Equal($"restarted, pid {await SocketPeer.ProcessOf(stage.StableSocket)}\n", restarted.Output);
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        await stage.KillDaemon();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        Assert.Single(stage.DaemonProcesses());
    }

    [Fact]
    public async Task Where_no_file_can_be_made_there_is_one_daemon_all_the_same_and_every_command_finds_it()
    {
        await using Stage stage = await Stage.Raise();
        SmallState state = await SmallState.Mount(stage, "nr_inodes=20");
        await state.UseUpInodes();
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();
        Login chair = await home.LogIn();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal(stage.StableSocket, await chair.AuthSock());
        int daemon = Assert.Single(stage.DaemonProcesses());
        Assert.Equal((0, $"already running, pid {daemon}"), await chair.Ask($"{stage.Fairlead} start"));
        Assert.Equal((0, stage.StableSocket), await chair.Ask($"{stage.Fairlead} path"));
        Assert.Equal(0, (await chair.Ask($"{stage.Fairlead} status")).ExitCode);
        Assert.Equal((0, "stopped"), await chair.Ask($"{stage.Fairlead} stop"));
        Assert.Empty(stage.DaemonProcesses());
    }
}
