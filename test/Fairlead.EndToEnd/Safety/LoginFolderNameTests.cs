using Fairlead.EndToEnd.Healing;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>
/// Another user waits for the name of a login's folder in /tmp with a loop of mkdir, for old panes go on naming it. However the mark went that keeps it: the
/// loop must not win.
/// </summary>
public class LoginFolderNameTests
{
    [Fact]
    public async Task A_mark_that_somebody_removed_is_back_before_the_login_ends()
    {
        await using Stage stage = await Stage.Raise();
        MarkedLogin login = await MarkedLogin.Begin(stage);
        (await stage.AsPerson("rm", login.Mark)).Succeeded();
        await FileEvent.Appears(login.Mark);

        await login.EndsUnseen();
    }

    /// <summary>Then no event tells of it: the next request does.</summary>
    [Fact]
    public async Task Without_inotify_the_mark_is_back_after_the_next_request()
    {
        await using Stage stage = await Stage.Raise();
        await using LongRunning greedy = LongRunning.Start(Invocation.Of(PythonScript.Program, "-c", TakeAllInotify).As(stage.Person));
        Assert.NotNull(await greedy.Says(new("none left")));
        MarkedLogin login = await MarkedLogin.Begin(stage);
        (await stage.AsPerson("rm", login.Mark)).Succeeded();
        (await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}").Run()).Succeeded();
        Assert.True(File.Exists(login.Mark));

        await login.EndsUnseen();
    }

    [Fact]
    public async Task A_second_daemon_takes_no_mark_with_it_when_it_ends()
    {
        await using Stage stage = await Stage.Raise();
        MarkedLogin login = await MarkedLogin.Begin(stage);
        ForegroundDaemon second = await ForegroundDaemon.Start(stage, "");
        await stage.Person.Write("other/fairlead/config.toml", $"socket = \"{second.Socket}\"\n");
        var status = Invocation.Of(stage.Fairlead, "status").As(stage.Person, $"XDG_CONFIG_HOME={stage.Person.InHome("other")}");
        (await status.Run()).Succeeded(); // it has looked at all that is there
        await login.StopDaemon(); // or it would mend what the other one does
        using ProcessHandle ending = ProcessHandle.Open(await SocketPeer.ProcessOf(second.Socket))!;
        (await Invocation.Of("kill", $"{ending.Id}").Run()).Succeeded();
        await ending.Ended();

        Assert.True(File.Exists(login.Mark));
        await login.EndsUnseen();
    }

    [Fact]
    public async Task A_daemon_that_ends_before_the_login_leaves_the_mark_and_the_next_one_clears_it()
    {
        await using Stage stage = await Stage.Raise();
        MarkedLogin login = await MarkedLogin.Begin(stage);
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        await login.EndsAndNobodyTakesTheName();

        Task gone = FileEvent.Disappears(login.Folder);
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await gone;
    }

    private const string TakeAllInotify =
        """
        import ctypes, time
        libc = ctypes.CDLL(None)
        while libc.inotify_init1(0) >= 0: pass
        print("none left", flush=True)
        time.sleep(1000)
        """;

    /// <summary>A login whose folder is marked, and another user who wants its name.</summary>
    private sealed record MarkedLogin(Stage Stage, Account Stranger, Login Login, string Agent)
    {
        public string Folder => Path.GetDirectoryName(Agent)!;

        public string Mark => Path.Combine(Folder, ".fairlead");

        public static async Task<MarkedLogin> Begin(Stage stage)
        {
            Account stranger = await stage.AddAccount();
            Laptop home = await stage.AddLaptop("home");
            Login sofa = await home.LogIn();
            (await stage.AsPerson(stage.Fairlead, "status")).Succeeded();
            string folder = Assert.Single(await OldPane.LoginFolders(stage));
            var login = new MarkedLogin(stage, stranger, sofa, Directory.EnumerateFileSystemEntries(folder, "agent.*").Single());
            await FileEvent.Appears(login.Mark);
            return login;
        }

        /// <summary>The daemon stands still: what it has not done before this it cannot do.</summary>
        public async Task StopDaemon() => await Invocation.Of("kill", "-STOP", $"{await SocketPeer.ProcessOf(Stage.StableSocket)}").Run();

        public async Task EndsUnseen()
        {
            await StopDaemon();
            await EndsAndNobodyTakesTheName();
        }

        public async Task EndsAndNobodyTakesTheName()
        {
            await using LongRunning loop = LongRunning.Start(
                Invocation.Of("sh", "-c", $"echo begun; until mkdir -m 755 {Folder} 2>/dev/null; do :; done; echo won").As(Stranger));
            Assert.NotNull(await loop.Says(new("begun")));

            await OldPane.LogOut(Login, Agent);

            Assert.False(File.Exists(Agent));
            Assert.NotEqual(0, (await Invocation.Of("mkdir", Folder).As(Stranger).Run()).ExitCode);
            Assert.DoesNotContain("won", loop.Said, StringComparison.Ordinal);
            Assert.Equal($"{Stage.Person.UserId}\n", (await Invocation.Of("stat", "-c", "%u", Folder).Run()).Output);
        }
    }
}
