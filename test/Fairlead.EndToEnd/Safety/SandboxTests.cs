using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>
/// People hand the folder of the socket, or more, into containers and sandboxes of their own user. Who is inside may use the agents, and not decide which one
/// answers outside.
/// </summary>
public class SandboxTests
{
    [Theory]
    [InlineData("""{"verb":"register","socket":"/tmp/evil/agent"}""")]
    [InlineData("""{"verb":"register","socket":"/proc/self/root/tmp/evil/agent"}""")]
    [InlineData("""{"verb":"pin","agent":"home"}""")]
    [InlineData("""{"verb":"unpin"}""")]
    [InlineData("""{"verb":"restart"}""")]
    [InlineData("""{"verb":"events"}""")]
    [InlineData("""{"verb":"stop"}""")]
    public async Task Whatever_is_handed_in_nothing_outside_can_be_changed_from_there(string line)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);

        Finished answer = await Ask(stage, line);

        Assert.StartsWith("{\"error\":\"this shell is in a container or a sandbox", answer.Output, StringComparison.Ordinal);
        Assert.Equal(daemon, await SocketPeer.ProcessOf(stage.StableSocket));
        Assert.DoesNotContain("evil", (await sofa.Ask($"{stage.Fairlead} status")).Output, StringComparison.Ordinal);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    /// <summary>Such a path leads into whatever another process sees.</summary>
    [Theory]
    [InlineData("/proc/PID/root/HOME/agent")]
    [InlineData("/HOME/link")]
    public async Task A_path_that_leads_through_another_process_is_no_login_s(string path)
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        (await stage.AsPerson("ln", "-s", $"/proc/{agent.ProcessId}/root{stage.Person.Home}/agent", "link")).Succeeded();
        string socket = path.Replace("PID", $"{agent.ProcessId}", StringComparison.Ordinal).Replace("/HOME", stage.Person.Home, StringComparison.Ordinal);

        Finished answer = await Invocation.Of("socat", "-t5", "-", $"UNIX-CONNECT:{stage.ControlSocket}").As(stage.Person)
            .Run($"{{\"verb\":\"register\",\"socket\":\"{socket}\"}}\n");

        Assert.Contains("\"usable\":false", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(socket, (await stage.AsPerson(stage.Fairlead, "status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agents_answer_inside_and_questions_are_answered()
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();

        Finished keys = await Sandbox.Around(
            stage, Invocation.Of("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l"), Path.GetDirectoryName(stage.StableSocket)!).Run();
        Finished status = await Ask(stage, """{"verb":"status"}""");

        Assert.Contains("home-key", keys.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\"status\":", status.Output, StringComparison.Ordinal);
    }

    /// <summary>A container's first process may well be root's, and the title of its program anything.</summary>
    [Fact]
    public async Task A_program_that_calls_itself_a_session_of_sshd_below_root_is_inside_all_the_same()
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();
        string id = $"{stage.Person.UserId}";
        const string inside = "setpriv --reuid=\"$0\" --regid=\"$0\" --clear-groups --no-new-privs bash -c 'exec -a \"sshd: me@pts/0\" \"$0\" \"$@\"' \"$@\"; true";

        Finished answer = await Invocation.Of("unshare", "--mount", "--pid", "--fork", "--mount-proc",
            "sh", "-c", inside, id, "socat", "-t5", "-", $"UNIX-CONNECT:{stage.ControlSocket}").Run("{\"verb\":\"stop\"}\n");

        Assert.StartsWith("{\"error\":\"this shell is in a container or a sandbox", answer.Output, StringComparison.Ordinal);
        Assert.Single(stage.DaemonProcesses());
    }

    /// <summary>A daemon that comes after a kill looks for the agents that programs name; it takes none from inside a sandbox, whoever has made that.</summary>
    [Fact]
    public async Task An_agent_that_only_programs_inside_name_is_not_taken_for_a_lost_one()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        const string inside = "ssh-agent -D -a /tmp/evil & SSH_AUTH_SOCK=/tmp/evil sleep infinity";
        await using LongRunning sandbox = LongRunning.Start(Sandbox.Around(stage, Invocation.Of("sh", "-c", inside)));
        Assert.NotNull(await sandbox.Says(new("SSH_AUTH_SOCK=/tmp/evil")));

        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Finished listed = await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}").Run();
        Assert.Contains("agent refused operation", listed.Error, StringComparison.Ordinal);
        Assert.Contains("\"agents\":[]", (await stage.AsPerson(stage.Fairlead, "status", "--json")).Output, StringComparison.Ordinal);
    }

    /// <summary>A /tmp or a ~/.ssh that is handed in can be written to from inside.</summary>
    [Theory]
    [InlineData("/tmp/ssh-UIDabcdefgh/agent.4242")]
    [InlineData("HOME/.ssh/agent/s.HASH.sshd.abcdefghij")]
    public async Task An_agent_that_is_put_where_logins_have_theirs_is_not_taken_for_one(string path)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        string socket = path.Replace("UID", $"{stage.Person.UserId}"[^4..].PadLeft(4, 'X'), StringComparison.Ordinal)
            .Replace("HOME", stage.Person.Home, StringComparison.Ordinal).Replace("HASH", HostName.Hash, StringComparison.Ordinal);
        (await stage.AsPerson("mkdir", "-p", "-m", "700", Path.GetDirectoryName(socket)!)).Succeeded();
        Invocation agent = Invocation.Of("ssh-agent", "-D", "-a", socket).As(stage.Person);
        await using LongRunning inside = LongRunning.Start(new(["unshare", "--mount", "--pid", "--fork", .. agent.Words]));
        await FileEvent.Appears(socket);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Contains("its listener may run in a container", (await stage.AsPerson(stage.Fairlead, "status", "--json")).Output, StringComparison.Ordinal);
        (await Invocation.Of("rm", "-rf", Path.GetDirectoryName(socket)!).Run()).Succeeded();
    }

    /// <summary>pam_namespace gives each login a mount namespace; it is the person all the same.</summary>
    [Fact]
    public async Task A_login_with_a_tmp_of_its_own_is_no_sandbox()
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();
        Laptop work = await stage.AddLaptop("work");
        SshServer cellar = stage.Keep(await SshServer.Start(stage.Folder, "cellar", PrivateTmp.Around(stage), stage.Person));
        await cellar.Allow(work.Key.Public);
        Login sofa = await work.LogInAt(cellar.Endpoint);

        Assert.Equal(stage.StableSocket, await sofa.AuthSock()); // its agent is registered
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} unpin")).ExitCode);
    }

    private static Task<Finished> Ask(Stage stage, string line) =>
        Sandbox.Around(stage, Invocation.Of("socat", "-t5", "-", $"UNIX-CONNECT:{stage.ControlSocket}"), StateFolder(stage), Path.GetDirectoryName(stage.StableSocket)!).Run(line + "\n");

    private static string StateFolder(Stage stage) => Path.GetDirectoryName(stage.ControlSocket)!;
}
