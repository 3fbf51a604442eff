using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>
/// After a logout the name <c>/tmp/ssh-XXXXXXXXXX</c> is free for everybody, and panes still point there. fairlead looks at who
/// listens before it sends the first byte.
/// </summary>
public class StrangersAgentTests
{
    [Theory]
    [InlineData("install -d -m 755 -o $STRANGER /tmp/ssh-$NAME", "/tmp/ssh-$NAME/agent.1", "true", Label = "a folder of the stranger's")]
    [InlineData("install -d -m 755 -o $STRANGER /tmp/ssh-$NAME", "/tmp/ssh-$NAME/agent.1",
        "chmod 700 /tmp/ssh-$NAME; chown -R $PERSON /tmp/ssh-$NAME", Label = "a stranger's listener in a folder of ours")]
    [InlineData(
        "install -d -m 755 -o $STRANGER $DEN; ln -s $DEN /tmp/ssh-$NAME; chown -h $STRANGER /tmp/ssh-$NAME",
        "$DEN/agent.1", "true", Label = "a link of the stranger's")]
    [InlineData("install -d -m 777 -o $PERSON $HOME/.ssh/agent; chmod 755 $HOME/.ssh",
        "$HOME/.ssh/agent/s.$HASH.sshd.$NAME", "true", Label = "the folder in the home, left open")]
    public async Task A_strangers_listener_never_gets_a_byte(string prepare, string socket, string finish)
    {
        await using Stage stage = await Stage.Raise();
        Account stranger = await stage.AddAccount();
        string[] environment =
        [
            $"NAME={Guid.NewGuid().ToString("N")[..10]}", $"STRANGER={stranger.Name}", $"PERSON={stage.Person.Name}",
            $"DEN={stage.Folder}/den", $"HOME={stage.Person.Home}", $"HASH={HostName.Hash}",
        ];
        (await Invocation.Of("sh", "-c", prepare).WithOnly(environment).Run()).Succeeded();
        string path = (await Invocation.Of("sh", "-c", $"echo \"{socket}\"").WithOnly(environment).Run()).Output.Trim();
        Trap trap = await Trap.Set(stage, stranger, path);
        (await Invocation.Of("sh", "-c", finish).WithOnly(environment).Run()).Succeeded();
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        using ProcessHandle session = ProcessHandle.Open(await SocketPeer.ProcessOf(await ForwardedSocket(stage, except: path)))!;
        await sofa.LogOut();
        await session.Ended();
        // With no agent left, every candidate is looked at.
        Finished list = await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}").Run();

        Assert.NotEqual(0, list.ExitCode);
        trap.CaughtNothing();
    }

    [Fact]
    public async Task A_dead_logins_folder_that_a_stranger_made_again_is_not_used()
    {
        await using Stage stage = await Stage.Raise();
        Account stranger = await stage.AddAccount();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        string socket = await ForwardedSocket(stage);
        using ProcessHandle session = ProcessHandle.Open(await SocketPeer.ProcessOf(socket))!;
        await sofa.LogOut();
        await session.Ended();
        string folder = Path.GetDirectoryName(socket)!;
        Finished retaken;
        Finished owner;
        do
        {
            retaken = await Invocation.Of("mkdir", folder).As(stranger).Run();
            owner = await Invocation.Of("stat", "-c", "%u", folder).Run();
        }
        while (retaken.ExitCode != 0 && owner.ExitCode != 0); // it was still there, and is gone now

        if (retaken.ExitCode != 0)
        {
            // The name was never free: just as safe, if it is the person's.
            Assert.Equal($"{stage.Person.UserId}\n", owner.Output);
            return;
        }

        Trap trap = await Trap.Set(stage, stranger, socket);
        Laptop work = await stage.AddLaptop("work");

        Login desk = await work.LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        trap.CaughtNothing();
    }

    [Fact]
    public async Task A_login_whose_variable_names_a_strangers_socket_is_given_its_own_path_instead()
    {
        string den = $"/tmp/ssh-{Guid.NewGuid().ToString("N")[..10]}";
        await using Stage stage = await Stage.Raise(beforeCure: $"export SSH_AUTH_SOCK={den}/agent.1\n");
        Account stranger = await stage.AddAccount();
        (await Invocation.Of("mkdir", "-m", "755", den).As(stranger).Run()).Succeeded();
        Trap trap = await Trap.Set(stage, stranger, Path.Combine(den, "agent.1"));
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        trap.CaughtNothing();
    }

    /// <param name="except">The stranger's, which may look like the person's by then.</param>
    private static async Task<string> ForwardedSocket(Stage stage, string except = "")
    {
        Finished found = await Invocation.Of("find", "/tmp", "-maxdepth", "2", "-path", "/tmp/ssh-*", "-type", "s",
            "-user", stage.Person.Name, "-not", "-path", except).Run();
        return found.Output.Trim();
    }
}
