using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>One daemon takes the place of another, and nobody who uses the socket notices.</summary>
public partial class RestartTests
{
    private const int Clients = 8;
    private const int Restarts = 10;

    /// <summary>SSH2_AGENTC_REQUEST_IDENTITIES.</summary>
    private static readonly byte[] List = [0, 0, 0, 1, 11];

    [Fact]
    public async Task Clients_that_list_all_the_time_see_ten_restarts_without_a_refusal_or_a_failure()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        string inode = await Inode(stage.Socket);
        string control = await Inode(stage.Stage.ControlSocket);
        string expected = await ListOnce(stage.Socket);
        int first = await stage.DaemonPid();

        using var enough = new CancellationTokenSource();
        Task<int>[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => ListUntil(stage.Socket, expected, enough.Token)))];
        for (int turn = 0; turn < Restarts; turn++)
        {
            (await stage.Restart()).Succeeded();
        }
        await enough.CancelAsync();

        Assert.All(await Task.WhenAll(clients), lists => Assert.True(lists > 0));
        Assert.Equal((inode, control), (await Inode(stage.Socket), await Inode(stage.Stage.ControlSocket)));
        Assert.NotEqual(first, await stage.DaemonPid());
    }

    [Fact]
    public async Task A_signature_that_waits_for_a_person_finishes_in_the_old_process_which_then_ends()
    {
        await using RestartStage stage = await RestartStage.Raise(
            stage => $"SSH_ASKPASS={stage.Person.InHome("askpass")}", _ => "SSH_ASKPASS_REQUIRE=force");
        await using var asked = new News(Path.Combine(stage.Stage.Folder, "asked"));
        string answer = stage.Stage.Person.InHome("answer");
        (await stage.Stage.AsPerson("mkfifo", answer)).Succeeded();
        await stage.Stage.Person.Write("askpass", $"#!/bin/sh\necho asked > {asked.Path}\nread -r _ < {answer}\n", "755");
        await stage.Agent.Add(stage.Key, "-c");
        await stage.Stage.Person.Write("text", "text\n");
        await stage.Stage.Person.Write("key.pub", stage.Key.Public);
        using ProcessHandle old = ProcessHandle.Open(await stage.DaemonPid())!;

        Task<Finished> signing = Invocation.Of("ssh-keygen", "-Y", "sign", "-f", "key.pub", "-n", "test", "text")
            .As(stage.Stage.Person, $"SSH_AUTH_SOCK={stage.Socket}").Run();
        await asked.Tells("asked");
        (await stage.Restart()).Succeeded();
        int next = await stage.DaemonPid();
        await stage.Stage.AsPerson("sh", "-c", $"echo yes > {answer}");

        (await signing).Succeeded();
        await old.Ended();
        Assert.NotEqual(old.Id, next);
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_upgrade_the_new_file_runs()
    {
        await using RestartStage stage = await RestartStage.Raise();
        using ProcessHandle old = ProcessHandle.Open(await stage.DaemonPid())!;
        await stage.Replace(path =>
        {
            File.Copy(FairleadBinary.Existing, path);
            return Task.CompletedTask;
        });

        Finished finished = (await stage.Restart()).Succeeded();
        await old.Ended();

        int next = await stage.DaemonPid();
        Assert.Equal($"restarted, pid {next}\n", finished.Output);
        Assert.Equal(stage.Fairlead, new FileInfo($"/proc/{next}/exe").LinkTarget);
        Assert.Equal([next], stage.Stage.DaemonProcesses());
        Assert.Equal($"{next}\n", await File.ReadAllTextAsync(stage.Stage.State("lock")));
    }

    [Fact]
    public async Task A_pin_stays()
    {
        await using RestartStage stage = await RestartStage.Raise();
        (await stage.Stage.AsPerson(stage.Fairlead, "pin", "local")).Succeeded();
        (await stage.Restart()).Succeeded();
        Assert.Contains("local", (await stage.Stage.AsPerson(stage.Fairlead, "unpin")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no program at all\n")]
    [InlineData("#!/bin/sh\nexit 1\n")]
    public async Task With_a_broken_program_on_disk_the_old_daemon_goes_on(string program)
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        int daemon = await stage.DaemonPid();
        string good = stage.Stage.Person.InHome("good");
        File.Copy(FairleadBinary.Existing, good);
        await stage.Stage.Person.Own(good, "755");
        await stage.Replace(path => File.WriteAllTextAsync(path, program));

        Finished finished = await stage.Stage.AsPerson(good, "restart");

        Assert.Equal(1, finished.ExitCode);
        Assert.Matches(GoesOn(), finished.Error);
        Assert.Equal(daemon, await stage.DaemonPid());
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_broken_configuration_the_old_daemon_goes_on_and_the_mistake_is_named()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        int daemon = await stage.DaemonPid();
        await stage.Stage.Person.Write(stage.Configuration, "[routing]\nfalback = \"any\"\n");

        Finished finished = await stage.Restart();

        Assert.Equal(1, finished.ExitCode);
        Assert.Matches(GoesOn(), finished.Error);
        Assert.Contains("unknown key 'falback'", finished.Error, StringComparison.Ordinal);
        Assert.Equal(daemon, await stage.DaemonPid());
        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_daemon_runs_restart_starts_one()
    {
        await using RestartStage stage = await RestartStage.Raise();
        (await stage.Stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        Finished finished = (await stage.Restart()).Succeeded();

        Assert.Equal($"started, pid {await stage.DaemonPid()}, at {stage.Socket}\n", finished.Output);
    }

    [Fact]
    public async Task Starts_while_it_restarts_find_the_place_taken()
    {
        await using RestartStage stage = await RestartStage.Raise();
        string turns = $"for turn in $(seq {Restarts}); do {{0}} || exit 1; done";
        Finished[] all = await Task.WhenAll(
            stage.Stage.AsPerson("sh", "-c", string.Format(turns, $"{stage.Fairlead} restart")),
            stage.Stage.AsPerson("sh", "-c", string.Format(turns, $"! {stage.Fairlead} daemon")));
        Assert.All(all, finished => finished.Succeeded());
        Assert.Single(stage.Stage.DaemonProcesses().Intersect([await stage.DaemonPid()]));
    }

    private static async Task<int> ListUntil(string socket, string expected, CancellationToken enough)
    {
        int lists = 0;
        for (; !enough.IsCancellationRequested; lists++)
        {
            Assert.Equal(expected, await ListOnce(socket));
        }
        return lists;
    }

    private static async Task<string> ListOnce(string socket)
    {
        using RawClient client = await RawClient.Connect(socket);
        await client.Send(List);
        string? answer = await client.ReadFrame();
        Assert.StartsWith("0C00000001", answer);
        return answer!;
    }

    private static async Task<string> Inode(string path) =>
        (await Invocation.Of("stat", "--format=%d:%i", path).Run()).Succeeded().Output;

    [GeneratedRegex(@"^fairlead: the new daemon .*; process \d+ goes on serving")]
    private static partial Regex GoesOn();
}
