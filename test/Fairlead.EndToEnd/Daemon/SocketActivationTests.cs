using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>systemd listens first and starts the daemon for the first client. The sockets are systemd's from then on.</summary>
public class SocketActivationTests
{
    [Fact]
    public async Task The_first_client_starts_the_daemon_and_is_answered()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise();
        Assert.Empty(stage.Stage.DaemonProcesses());

        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);

        Assert.Equal([stage.ProcessId], stage.Stage.DaemonProcesses());
        Assert.Equal(stage.ProcessId, await SocketPeer.ProcessOf(stage.Stage.StableSocket));
        Assert.Equal(stage.ProcessId, await SocketPeer.ProcessOf(stage.Stage.ControlSocket));
    }

    [Fact]
    public async Task A_login_and_a_command_start_no_daemon_of_their_own()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise();

        Finished init = await Invocation.Of(stage.Stage.Fairlead, "init", "bash")
            .As(stage.Stage.Person, "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22", "SSH_AUTH_SOCK=/nowhere").Run();
        Finished status = await stage.Stage.AsPerson(stage.Stage.Fairlead, "status");

        Assert.Contains(stage.Stage.StableSocket, init.Output, StringComparison.Ordinal);
        Assert.Contains("local", status.Output, StringComparison.Ordinal);
        Assert.Equal([stage.ProcessId], stage.Stage.DaemonProcesses());
    }

    /// <summary>It may listen for the person's own agent, too, before that one has been started.</summary>
    [Fact]
    public async Task An_agent_of_the_persons_own_that_systemd_listens_for_is_kept()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise("-l", "agent.sock");

        Finished init = await Invocation.Of(stage.Stage.Fairlead, "init", "bash")
            .As(stage.Stage.Person, $"SSH_AUTH_SOCK={stage.Stage.Person.InHome("agent.sock")}").Run();

        Assert.Equal("", init.Output);
    }

    [Fact]
    public async Task The_files_are_left_alone_at_the_end()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise();
        (await stage.ListKeys()).Succeeded();

        (await stage.Stage.AsPerson(stage.Stage.Fairlead, "stop")).Succeeded();
        await stage.Ended();

        Assert.True(Path.Exists(stage.Stage.StableSocket));
        Assert.True(Path.Exists(stage.Stage.ControlSocket));
    }

    [Fact]
    public async Task Systemd_hears_of_the_start_a_reload_a_restart_and_the_end()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise();
        (await stage.ListKeys()).Succeeded();
        await stage.Notices.Hears("READY=1");
        using ProcessHandle old = ProcessHandle.Open(stage.ProcessId)!;

        (await Invocation.Of("kill", "-HUP", stage.ProcessId.ToString(CultureInfo.InvariantCulture)).Run()).Succeeded();
        await stage.Notices.Hears("RELOADING=1\nREADY=1");

        (await stage.Stage.AsPerson(stage.Stage.Fairlead, "restart")).Succeeded();
        int next = await SocketPeer.ProcessOf(stage.Stage.StableSocket);
        await stage.Notices.Hears($"MAINPID={next}");
        await old.Ended();
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);

        (await stage.Stage.AsPerson(stage.Stage.Fairlead, "stop")).Succeeded();
        await stage.Notices.Hears("STOPPING=1");
        Assert.True(Path.Exists(stage.Stage.StableSocket));
    }

    [Fact]
    public async Task What_is_meant_for_this_process_alone_is_not_handed_on()
    {
        await using ActivatedStage stage = await ActivatedStage.Raise();
        (await stage.ListKeys()).Succeeded();

        (await stage.Stage.AsPerson(stage.Stage.Fairlead, "restart")).Succeeded();
        int next = await SocketPeer.ProcessOf(stage.Stage.StableSocket);

        Assert.DoesNotContain("LISTEN_", await File.ReadAllTextAsync($"/proc/{next}/environ"), StringComparison.Ordinal);
    }
}
