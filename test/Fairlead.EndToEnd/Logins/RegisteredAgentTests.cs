using Fairlead.EndToEnd.Doctor;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>Agents that are found nowhere by themselves: what a login's <c>init</c> has named is held, whatever becomes of paths and of the daemon.</summary>
public class RegisteredAgentTests
{
    [Fact]
    public async Task A_listener_of_roots_in_a_folder_of_roots_is_the_logins_agent()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogInBelowRoot();
        Login desk = await (await stage.AddLaptop("work")).LogIn();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.DoesNotContain((await Diagnosis.In(sofa, stage)).Wrong, finding => finding.Check is "this login" or "agents");
    }

    [Fact]
    public async Task A_daemon_that_was_killed_leaves_no_login_behind()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        OtherSshServer server = stage.Keep(await Dropbear.Start(stage));
        Login sofa = await home.LogInAt(server.Endpoint);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Login desk = await work.LogInAt(server.Endpoint);

        await stage.KillDaemon();
        await home.LogIn(); // starts the next one

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_restart_keeps_them()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        OtherSshServer server = stage.Keep(await Dropbear.Start(stage));
        Login sofa = await home.LogInAt(server.Endpoint);
        Login desk = await work.LogInAt(server.Endpoint);

        Assert.Equal(0, (await sofa.Ask("~/.local/bin/fairlead restart")).ExitCode);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await sofa.LogOut();
        Assert.DoesNotContain("127.0.0.2", (await desk.Ask("~/.local/bin/fairlead status")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logins_with_a_tmp_of_their_own_are_answered_by_their_own_laptops(bool afterKill)
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[routing]\nfallback = \"none\"\n");
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogInAt((await AddServer(stage, "attic", home)).Endpoint);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        SshServer cellar = await AddServer(stage, "cellar", work);
        Login desk = await work.LogInAt(cellar.Endpoint);
        if (afterKill)
        {
            await stage.KillDaemon();
            await work.LogInAt(cellar.Endpoint); // starts the next one, which sees this server's /tmp
        }

        for (int round = 0; round < 2; round++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    [Fact]
    public async Task A_socket_that_a_cleaner_of_tmp_has_removed_still_answers_its_login()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        (_, string first) = await sofa.Ask("tr '\\0' '\\n' </proc/$$/environ | sed -n 's/^SSH_AUTH_SOCK=//p'");

        (await Invocation.Of("rm", first).Run()).Succeeded();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await sofa.LogOut();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_live_agent_is_not_given_away_for_one_that_is_not_trusted()
    {
        await using Stage stage = await Stage.Raise();
        string open = stage.Person.InHome("open");
        (await stage.AsPerson("mkdir", "-m", "777", open)).Succeeded();
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogInForwardingTo($"{open}/agent");

        Assert.Equal($"{open}/agent", await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Diagnosis diagnosis = await Diagnosis.In(sofa, stage);
        Assert.StartsWith("~/open/agent is not trusted: others may write to its folder", diagnosis.The("agents").Message, StringComparison.Ordinal);
        Assert.EndsWith("that fairlead does not use: others may write to its folder", diagnosis.The("this login").Message, StringComparison.Ordinal);
        Assert.Equal("", diagnosis.The("this shell").Fix);
    }

    /// <summary>A container that shares the home may hold anything that says it is an agent: what it names is not taken.</summary>
    [Fact]
    public async Task An_agent_in_a_container_is_not_taken_for_a_logins()
    {
        await using Stage stage = await Stage.Raise();
        await (await stage.AddLaptop("home")).LogIn();
        string socket = stage.Person.InHome("inside");
        Invocation agent = Invocation.Of("sh", "-c", $"ssh-agent -D -a {socket} & wait").As(stage.Person);
        await using var container = LongRunning.Start(new(["unshare", "--mount", "--propagation", "private", .. agent.Words]));
        await container.Says(new("Agent pid"));

        string line = $"{{\"version\":1,\"verb\":\"register\",\"pid\":{container.ProcessId},\"socket\":\"{socket}\"}}\n";
        Finished answer = await Invocation.Of("socat", "-t5", "-", $"UNIX-CONNECT:{stage.ControlSocket}").As(stage.Person).Run(line);

        Assert.Contains("\"usable\":false,\"reason\":\"fairlead cannot see that a login forwards it", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_another_laptop_has_taken_over_is_a_guess()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[routing]\nfallback = \"none\"\n");
        string always = stage.Person.InHome(".ssh/laptop.sock");
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogInForwardingTo(always);
        await using Job job = await Job.Waiting(stage, "started", $"ssh-add -L >&3 2>&1; {stage.Fairlead} why >&3; echo over >&3");
        await sofa.Window.Type($"SSH_AUTH_SOCK={always} setsid -f sh -c 'SSH_AUTH_SOCK={stage.StableSocket} sh ~/job; :'");
        await job.Tells("started");
        await sofa.LogOut();

        Login desk = await work.LogInForwardingTo(always);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();

        string said = (await job.Tells(@"(?s).*\nover\n")).Value;
        Assert.DoesNotContain("work-key", said, StringComparison.Ordinal);
        Assert.Contains("names an agent that now belongs to another login", said, StringComparison.Ordinal);
    }

    private static async Task<SshServer> AddServer(Stage stage, string name, Laptop laptop)
    {
        SshServer server = stage.Keep(await SshServer.Start(stage.Folder, name, PrivateTmp.Around(stage), stage.Person));
        await server.Allow(laptop.Key.Public);
        return server;
    }
}
