using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>A package's upgrade replaces the program below a daemon that runs, and tells nobody.</summary>
public class ReplacedProgramTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("init", "bash")]
    [InlineData("status", "--json")]
    public async Task At_the_next_command_the_daemon_hands_over_and_the_socket_stays(params string[] command)
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        using ProcessHandle old = ProcessHandle.Open(await stage.DaemonPid())!;
        string inode = await Inode(stage.Socket);
        await Upgrade(stage);

        (await stage.Stage.AsPerson([stage.Fairlead, .. command])).Succeeded();
        await old.Ended();

        int next = await stage.DaemonPid();
        Assert.Equal([next], stage.Stage.DaemonProcesses());
        Assert.Equal(stage.Fairlead, new FileInfo($"/proc/{next}/exe").LinkTarget);
        Assert.Equal(inode, await Inode(stage.Socket));
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_is_enough()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        using ProcessHandle old = ProcessHandle.Open(await stage.DaemonPid())!;
        await Upgrade(stage);
        (await stage.Stage.AsPerson(stage.Fairlead, "status")).Succeeded();
        await old.Ended();
        int next = await stage.DaemonPid();

        for (int turn = 0; turn < 5; turn++)
        {
            (await stage.Stage.AsPerson(stage.Fairlead, "status")).Succeeded();
        }

        Assert.Equal(next, await stage.DaemonPid());
    }

    [Fact]
    public async Task A_restart_meanwhile_is_told_of_the_same_successor()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        using ProcessHandle old = ProcessHandle.Open(await stage.DaemonPid())!;
        await Upgrade(stage);

        // As install.sh types them.
        (await stage.Stage.AsPerson("sh", "-c", $"{stage.Fairlead} status && exec {stage.Fairlead} restart")).Succeeded();
        await old.Ended();

        Assert.Equal([await stage.DaemonPid()], stage.Stage.DaemonProcesses());
    }

    [Fact]
    public async Task A_program_that_does_not_start_is_tried_once()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        int daemon = await stage.DaemonPid();
        string good = stage.Stage.Person.InHome("good");
        File.Copy(FairleadBinary.Existing, good);
        await stage.Stage.Person.Own(good, "755");
        string tries = stage.Stage.Person.InHome("tries");
        await stage.Replace(path => File.WriteAllTextAsync(path, $"#!/bin/sh\n[ \"$1\" = --version ] || echo one >>{tries}\nexit 1\n"));

        (await stage.Stage.AsPerson(good, "status")).Succeeded();
        await FileEvent.Appears(tries);
        for (int turn = 0; turn < 5; turn++)
        {
            (await stage.Stage.AsPerson(good, "status")).Succeeded();
        }

        Assert.Equal(["one"], await File.ReadAllLinesAsync(tries));
        Assert.Equal(daemon, await stage.DaemonPid());
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_another_fairlead_changes_nothing()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        int daemon = await stage.DaemonPid();
        string other = stage.Stage.Person.InHome("other");
        File.Copy(FairleadBinary.Existing, other);
        await stage.Stage.Person.Own(other, "755");
        File.SetLastWriteTimeUtc(stage.Fairlead, DateTime.UtcNow); // touched, and the same

        for (int turn = 0; turn < 3; turn++)
        {
            (await stage.Stage.AsPerson(other, "status")).Succeeded();
        }

        Assert.Equal(daemon, await stage.DaemonPid());
    }

    [Fact]
    public async Task A_command_in_a_sandbox_changes_nothing()
    {
        await using RestartStage stage = await RestartStage.Raise();
        int daemon = await stage.DaemonPid();
        await Upgrade(stage);
        Invocation inside = Sandbox.Around(
            stage.Stage,
            Invocation.Of("socat", "-t5", "-", $"UNIX-CONNECT:{stage.Stage.ControlSocket}"),
            Path.GetDirectoryName(stage.Stage.ControlSocket)!);

        for (int turn = 0; turn < 3; turn++)
        {
            Assert.StartsWith("{\"status\":", (await inside.Run("""{"verb":"status"}""" + "\n")).Output, StringComparison.Ordinal);
        }

        Assert.Equal(daemon, await stage.DaemonPid());
    }

    /// <summary>A program of another length: the same build, with a byte behind its end.</summary>
    private static Task Upgrade(RestartStage stage) => stage.Replace(async path =>
    {
        File.Copy(FairleadBinary.Existing, path);
        await File.AppendAllTextAsync(path, "\n");
    });

    private static async Task<string> Inode(string path) =>
        (await Invocation.Of("stat", "--format=%d:%i", path).Run()).Succeeded().Output;
}
