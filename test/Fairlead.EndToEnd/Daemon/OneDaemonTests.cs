using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>One daemon for each person and machine, which every command finds, whatever has become of the places since it started.</summary>
public class OneDaemonTests
{
    private const int NoDaemon = 3;

    [Fact]
    public async Task Without_inotify_a_socket_that_is_removed_comes_back_and_all_commands_say_so()
    {
        await using Stage stage = await Stage.Raise();
        await using LongRunning held = await NoInotify.Leave(stage.Person);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);

        File.Delete(stage.StableSocket);
        File.Delete(stage.ControlSocket);
        await FileEvent.Appears(stage.ControlSocket);
        await FileEvent.Appears(stage.StableSocket);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal((0, $"already running, pid {daemon}"), await sofa.Ask($"{stage.Fairlead} start"));
        Assert.Contains("fs.inotify.max_user_instances", (await sofa.Ask($"{stage.Fairlead} doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("socket = \"HOME/own.sock\"\n", Label = "with a socket of the configuration's")]
    public async Task A_daemon_that_is_stopped_is_the_same_to_every_command(string settings)
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", settings.Replace("HOME", stage.Person.Home, StringComparison.Ordinal));
        await (await stage.AddLaptop("home")).LogIn();
        string daemon = Assert.Single(stage.DaemonProcesses()).ToString(CultureInfo.InvariantCulture);
        (await Invocation.Of("kill", "-STOP", daemon).Run()).Succeeded();

        foreach (string verb in new[] { "status", "list", "why", "stop", "restart", "pin home" })
        {
            Finished asked = await stage.AsPerson("timeout", "60", "sh", "-c", $"{stage.Fairlead} {verb}");
            Assert.Equal((NoDaemon, $"fairlead: the daemon does not answer\nhint: kill -KILL {daemon}; ~/.local/bin/fairlead start\n"), (asked.ExitCode, asked.Error));
        }

        Assert.StartsWith("already running", (await stage.AsPerson(stage.Fairlead, "start")).Output, StringComparison.Ordinal);
        (await Invocation.Of("kill", "-CONT", daemon).Run()).Succeeded();
        Assert.Single(stage.DaemonProcesses());
    }

    [Fact]
    public async Task A_folder_that_nobody_may_enter_for_a_moment_makes_no_second_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        foreach (string folder in new[] { ".ssh/fairlead", ".local/state/fairlead" })
        {
            (await stage.AsPerson("chmod", "000", folder)).Succeeded();
            await home.LogIn();
            Assert.Single(stage.DaemonProcesses());
            (await stage.AsPerson("chmod", "700", folder)).Succeeded();
        }

        Assert.Equal(stage.StableSocket, await (await home.LogIn()).AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_daemon_whose_folder_nobody_may_enter_is_named_with_the_line_that_opens_it()
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();
        (await stage.AsPerson("chmod", "000", ".local/state/fairlead")).Succeeded();

        Finished asked = await stage.AsPerson(stage.Fairlead, "status");
        Assert.Equal((NoDaemon, true), (asked.ExitCode, asked.Error.StartsWith("fairlead: a daemon is running, but nobody may connect to it", StringComparison.Ordinal)));
        (await stage.AsPerson("sh", "-c", asked.Error.Split("hint: ")[1])).Succeeded();

        Assert.DoesNotContain("does not", (await stage.AsPerson(stage.Fairlead, "status")).Error, StringComparison.Ordinal);
    }

    /// <summary>A daemon that has found no room in the home goes on where it is when there is room again.</summary>
    [Fact]
    public async Task A_home_that_takes_no_file_for_a_while_makes_no_second_daemon()
    {
        await using Stage stage = await Stage.Raise();
        (await stage.AsPerson("sh", "-c", "chmod 500 ~/.ssh; mkdir -p ~/.local; chmod 500 ~/.local")).Succeeded();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        string before = await sofa.AuthSock();
        Assert.StartsWith("/tmp/", before, StringComparison.Ordinal);

        (await stage.AsPerson("sh", "-c", "chmod 700 ~/.ssh ~/.local")).Succeeded();
        Login chair = await home.LogIn();

        Assert.Equal(before, await chair.AuthSock());
        Assert.Equal((0, before), await chair.Ask($"{stage.Fairlead} path"));
        Assert.Single(stage.DaemonProcesses());
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        Assert.Empty(stage.DaemonProcesses());
    }

    /// <summary>It moves its control socket, so that nobody starts a second one.</summary>
    [Theory]
    [InlineData("rm -r ~/.local/state && chmod 500 ~/.local", Label = "its folder cannot be made again")]
    [InlineData("mkfifo CTL.new && mv -f CTL.new CTL", Label = "something else is in its place")]
    public async Task A_daemon_whose_control_socket_is_lost_is_found_all_the_same(string loss)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        int daemon = Assert.Single(stage.DaemonProcesses());
        (await stage.AsPerson("sh", "-c", loss.Replace("CTL", stage.ControlSocket, StringComparison.Ordinal))).Succeeded();
        await FileEvent.Appears($"/tmp/fairlead-{stage.Person.UserId}.state/{HostName.Value}/ctl");

        Assert.Equal((0, $"already running, pid {daemon}"), await sofa.Ask($"{stage.Fairlead} start"));
        Login chair = await home.LogIn();
        Assert.Equal("home-key", await chair.KeySeenByWeb01());
        Assert.Equal((0, "stopped"), await chair.Ask($"{stage.Fairlead} stop"));
        Assert.Empty(stage.DaemonProcesses());
        (await stage.AsPerson("chmod", "700", ".local")).Succeeded();
    }

    /// <summary>What the daemon before has left there is not read.</summary>
    [Fact]
    public async Task A_login_that_starts_a_daemon_gets_the_path_that_this_one_serves()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        string own = stage.Person.InHome("own/a.sock");
        await stage.Person.Write(".config/fairlead/config.toml", $"socket = \"{own}\"\n");

        Assert.Equal(own, await (await home.LogIn()).AuthSock());
        await Stage.KillDaemon(own);
        File.Delete(stage.Person.InHome(".config/fairlead/config.toml"));

        Assert.Equal(stage.StableSocket, await (await home.LogIn()).AuthSock());
    }

    /// <summary>In a UTS namespace: the machine keeps its name.</summary>
    [Fact]
    public async Task A_host_that_changes_its_name_has_one_daemon_which_serves_both_names()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string before = stage.Person.InHome(".ssh/fairlead/before.sock");
        string after = stage.Person.InHome(".ssh/fairlead/after.sock");
        await using LongRunning host = LongRunning.Start(Invocation.Of("unshare", "--uts", "sh", "-c", "hostname before && echo named && exec sleep infinity"));
        Assert.NotNull(await host.Says(new("named")));
        (await OnHost(Invocation.Of(stage.Fairlead, "start").As(stage.Person))).Succeeded();

        (await OnHost(Invocation.Of("hostname", "after"))).Succeeded();
        await FileEvent.Appears(after);

        Assert.StartsWith("already running", (await OnHost(Invocation.Of(stage.Fairlead, "start").As(stage.Person))).Output, StringComparison.Ordinal);
        Assert.Equal(await SocketPeer.ProcessOf(before), await SocketPeer.ProcessOf(after));
        (await OnHost(Invocation.Of(stage.Fairlead, "restart").As(stage.Person))).Succeeded();
        Assert.Equal(await SocketPeer.ProcessOf(before), await SocketPeer.ProcessOf(after));
        Assert.Equal("stopped\n", (await OnHost(Invocation.Of(stage.Fairlead, "stop").As(stage.Person))).Output);
        Assert.Empty(stage.DaemonProcesses());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(before)!));

        Task<Finished> OnHost(Invocation command) =>
            new Invocation(["nsenter", "--uts", "--target", $"{host.ProcessId}", .. command.Words]).Run();
    }
}
