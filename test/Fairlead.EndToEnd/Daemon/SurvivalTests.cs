using System.Globalization;
using Fairlead.EndToEnd.Reattaching;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>Whatever happens to the daemon or its files: the next login, or the next use, is fine, and so is the old pane.</summary>
public class SurvivalTests
{
    private static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    [Fact]
    public async Task After_a_kill_minus_nine_the_next_login_brings_the_daemon_back_over_its_stale_socket()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);
        await stage.KillDaemon();
        Assert.True(File.Exists(stage.StableSocket));

        Laptop phone = await stage.AddLaptop("phone");
        Login train = await phone.LogIn();

        Assert.Equal("phone-key", await train.KeySeenByWeb01());
        Assert.NotNull((await sofa.TryWeb01()).Key);
    }

    [Fact]
    public async Task After_a_kill_minus_nine_start_in_the_old_pane_brings_it_back()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);
        await stage.KillDaemon();

        (int exitCode, _) = await sofa.Ask($"{stage.Fairlead} start");

        Assert.Equal(0, exitCode);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_stale_socket_file_of_an_earlier_boot_is_no_obstacle()
    {
        await using Stage stage = await Stage.Raise();
        await LeaveStaleSockets(stage);
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_socket_file_that_was_removed_is_made_again_by_the_running_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);
        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);

        File.Delete(stage.StableSocket);
        await FileEvent.Appears(stage.StableSocket);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal(daemon, await SocketPeer.ProcessOf(stage.StableSocket));
    }

    [Fact]
    public async Task After_the_whole_folder_was_removed_the_next_login_is_fine_and_so_is_the_old_pane()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);

        Directory.Delete(Path.GetDirectoryName(stage.StableSocket)!, recursive: true);
        Laptop phone = await stage.AddLaptop("phone");
        Login train = await phone.LogIn();

        Assert.Equal("phone-key", await train.KeySeenByWeb01());
        Assert.NotNull((await sofa.TryWeb01()).Key);
    }

    [Fact]
    public async Task A_stopped_daemon_is_started_by_the_next_login()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        await sofa.Start(Tmux);

        (int exitCode, _) = await sofa.Ask($"{stage.Fairlead} stop");
        Assert.Equal(0, exitCode);
        Assert.Equal(255, (await sofa.TryWeb01()).ExitCode);
        await home.LogIn();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_daemon_that_nohup_started_reads_its_configuration_again_too()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(stage, agent.Socket, command => new(["nohup", .. command.Words]));
        Finished list = await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run();
        Assert.Equal("The agent has no identities.\n", list.Output); // who answers hears signals, too

        (await Invocation.Of("kill", "-HUP", daemon.ProcessId.ToString(CultureInfo.InvariantCulture)).Run()).Succeeded();

        await daemon.Says("read the configuration again");
    }

    /// <summary>The kernel frees what a process held in an order of its own: once in two times the lock was the last.</summary>
    [Fact]
    public async Task A_start_right_after_a_stop_finds_the_place_free()
    {
        await using Stage stage = await Stage.Raise();
        Finished all = await stage.AsPerson(
            "sh", "-c", $"for turn in $(seq 40); do {stage.Fairlead} start && {stage.Fairlead} stop || exit 1; done");
        all.Succeeded();
    }

    [Fact]
    public async Task Ten_logins_in_the_same_moment_end_up_with_one_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");

        Finished[] all = await Task.WhenAll(Enumerable.Range(0, 10).Select(turn => home.Ssh("-A", "gateway", $"ssh web01 {turn}").Run()));

        Assert.All(all, (finished, turn) =>
            Assert.Equal($"web01 saw home-key in turn {turn}\n", finished.Output + finished.Error));
        Assert.Single(stage.DaemonProcesses());
    }

    /// <summary>Leaves a socket that nobody listens on at every name the daemon uses, as a crash does.</summary>
    private static async Task LeaveStaleSockets(Stage stage)
    {
        (await stage.AsPerson("sh", "-c", $"umask 077; mkdir -p {Path.GetDirectoryName(stage.StableSocket)} {Path.GetDirectoryName(stage.ControlSocket)}")).Succeeded();
        foreach (string path in new[] { stage.StableSocket, stage.ControlSocket })
        {
            await DeadSocket.Leave(path, stage.Person);
        }
    }
}
