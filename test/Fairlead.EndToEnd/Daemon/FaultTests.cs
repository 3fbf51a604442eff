using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>What happens to machines: full disks, no descriptors, a process that is stopped, a crowd at the door.</summary>
public class FaultTests
{
    private const int Crowd = 500;

    /// <summary>SSH2_AGENTC_REQUEST_IDENTITIES.</summary>
    private static readonly byte[] List = [0, 0, 0, 1, 11];

    [Fact]
    public async Task Clients_of_a_stopped_daemon_queue_and_are_answered_when_it_goes_on()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);
        string daemon = (await stage.DaemonPid()).ToString(CultureInfo.InvariantCulture);
        (await Invocation.Of("kill", "-STOP", daemon).Run()).Succeeded();

        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RawClient.Connect(stage.Socket)));
        await Task.WhenAll(clients.Select(client => client.Send(List)));
        (await Invocation.Of("kill", "-CONT", daemon).Run()).Succeeded();

        Assert.All(await Task.WhenAll(clients.Select(client => client.ReadFrame())), answer => Assert.StartsWith("0C00000001", answer));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Theory]
    [InlineData("chmod 500 ~/.ssh")]
    [InlineData("ln -s nowhere ~/.ssh/fairlead")]
    [InlineData("mv ~/.ssh ~/.ssh.old; ln -s nowhere ~/.ssh")]
    public async Task Where_the_home_takes_no_file_a_login_has_its_agent_all_the_same(string how)
    {
        await using Stage stage = await Stage.Raise();
        (await stage.AsPerson("sh", "-c", how)).Succeeded();
        Login login = await (await stage.AddLaptop("home")).LogIn();

        Assert.StartsWith($"/tmp/fairlead-{stage.Person.UserId}/", await login.AuthSock(), StringComparison.Ordinal);
        Assert.Contains("home-key", (await login.Ask("ssh-add -l")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await login.Ask($"{stage.Fairlead} status")).ExitCode);
    }

    [Fact]
    public async Task Five_hundred_logins_register_in_a_burst_and_the_socket_answers()
    {
        await using RestartStage stage = await RestartStage.Raise();
        await stage.Agent.Add(stage.Key);

        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(turn => Register(stage.Stage.ControlSocket, $"/tmp/nobody/agent.{turn}")));

        Assert.Contains("the-key", (await stage.ListKeys()).Output, StringComparison.Ordinal);
        Assert.Single(stage.Stage.DaemonProcesses());
    }

    /// <summary>Descriptors for a dozen conversations: the rest wait at the door, and nobody is refused.</summary>
    [Fact]
    public async Task With_few_descriptors_those_who_wait_are_answered_when_others_have_gone()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "the-key"));
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(
            stage, agent.Socket, command => new Invocation(["prlimit", "--nofile=48:48", .. command.Words]));

        RawClient[] idle = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RawClient.Connect(daemon.Socket)));
        RawClient waiting = await RawClient.Connect(daemon.Socket);
        await waiting.Send(List);
        Array.ForEach(idle, client => client.Dispose());

        Assert.StartsWith("0C00000001", await waiting.ReadFrame());
        waiting.Dispose();
    }

    [Fact]
    public async Task On_a_full_disk_the_daemon_starts_and_serves_without_its_log()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string disk = Path.Combine(stage.Folder, "disk");
        Directory.CreateDirectory(disk);
        string id = stage.Person.UserId.ToString(CultureInfo.InvariantCulture);
        string script = $$"""
            set -eu
            mount -t tmpfs -o size=64k,uid={{id}},mode=700 tmpfs {{disk}}
            cat /dev/zero > {{disk}}/full 2>/dev/null || true
            as() { setpriv --reuid={{id}} --regid={{stage.Person.GroupId}} --clear-groups env -i HOME={{disk}} PATH=/usr/bin:/bin "$@"; }
            as {{stage.Fairlead}} start
            as {{stage.Fairlead}} status || test $? -eq 1
            as {{stage.Fairlead}} restart
            as {{stage.Fairlead}} stop
            """;

        Finished finished = (await Invocation.Of("unshare", "--mount", "sh", "-c", script).Run()).Succeeded();

        Assert.Matches("started, pid [0-9]+(.|\n)*restarted, pid [0-9]+\nstopped\n", finished.Output);
    }

    private static async Task Register(string control, string agent)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Task.Run(() => socket.Connect(new UnixDomainSocketEndPoint(control)));
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"version":1,"verb":"register","pid":1,"socket":"{{agent}}"}""" + "\n"));
    }
}
