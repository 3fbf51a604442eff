using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>No signal is lost, whenever it comes and whichever of two daemons it reaches.</summary>
public class SignalTests
{
    private const string ReadAgain = "read the configuration again";

    /// <summary>SSH2_AGENTC_REQUEST_IDENTITIES.</summary>
    private static readonly byte[] List = [0, 0, 0, 1, 11];

    /// <summary>A program keeps the signals that are held for the one that it takes the place of: it has come before the first thing that the daemon does.</summary>
    [Fact]
    public async Task A_hang_up_that_came_during_the_start_neither_kills_nor_is_lost()
    {
        const string raise = "import os,signal,sys; signal.pthread_sigmask(signal.SIG_BLOCK,{1}); os.kill(os.getpid(),1); os.execvp(sys.argv[1],sys.argv[1:])";
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();

        ForegroundDaemon daemon = await Start(stage, [PythonScript.Program, "-c", raise]);

        await daemon.Says(ReadAgain);
    }

    [Fact]
    public async Task What_stands_in_the_configuration_at_the_last_of_many_hang_ups_counts()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        int daemon = await stage.DaemonPid();
        Assert.Equal(0, (await stage.ListKeys()).ExitCode);

        await stage.Stage.Person.Write(stage.Configuration, "[discovery]\nfolders = []\n");
        (await Invocation.Of("sh", "-c", $"for turn in $(seq 200); do kill -HUP {daemon}; done").Run()).Succeeded();
        await stage.Stage.Person.Write(stage.Configuration, Settings.WithOnly(stage.Agent) + "\n[wait]\ntime = \"40s\"\n");
        await Signal("HUP", daemon);

        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
        Assert.Equal(daemon, await stage.DaemonPid());
    }

    /// <summary>systemd, and who has just looked the number up, may know the former process only.</summary>
    [Fact]
    public async Task A_hang_up_for_the_one_that_has_handed_over_reaches_its_successor()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        ForegroundDaemon daemon = await Start(stage, []);
        await stage.Person.Write(".config/fairlead/config.toml", $"socket = \"{daemon.Socket}\"\n");
        using RawClient client = await RawClient.Connect(daemon.Socket);
        await client.Send(List);
        await client.ReadFrame(); // it stays in the old process, which lives on for it

        (await stage.AsPerson(stage.Fairlead, "restart")).Succeeded();
        int next = await SocketPeer.ProcessOf(daemon.Socket);
        await Signal("HUP", daemon.ProcessId);
        await daemon.Says(Regex.Escape($"fairlead[{next}]: {ReadAgain}"));

        using ProcessHandle successor = ProcessHandle.Open(next)!;
        await Signal("TERM", next);
        await successor.Ended();
        Assert.False(File.Exists(daemon.Socket));
    }

    /// <summary>A shell without job control has SIGINT ignored in what it starts with an ampersand: Ctrl-C is for what runs in front.</summary>
    [Fact]
    public async Task An_interrupt_that_was_ignored_when_it_started_does_not_end_it()
    {
        const string become = "import os,signal,sys; signal.signal(2,signal.SIG_{0}); os.execvp(sys.argv[1],sys.argv[1:])";
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        ForegroundDaemon ignoring = await Start(stage, [PythonScript.Program, "-c", become.Replace("{0}", "IGN", StringComparison.Ordinal)]);
        ForegroundDaemon heeding = await Start(stage, [PythonScript.Program, "-c", become.Replace("{0}", "DFL", StringComparison.Ordinal)]);

        await Signal("INT", ignoring.ProcessId);
        await Signal("INT", heeding.ProcessId);
        await FileEvent.Disappears(heeding.Socket);
        await Signal("HUP", ignoring.ProcessId);

        await ignoring.Says(ReadAgain);
        Assert.True(File.Exists(ignoring.Socket));
    }

    private static Task<ForegroundDaemon> Start(Stage stage, string[] before) =>
        ForegroundDaemon.Start(stage, "[discovery]\nfolders = []\n", command => new([.. before, .. command.Words]));

    private static async Task Signal(string name, int pid) =>
        (await Invocation.Of("kill", $"-{name}", pid.ToString(CultureInfo.InvariantCulture)).Run()).Succeeded();
}
