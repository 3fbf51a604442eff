using Fairlead.EndToEnd.Doctor;
using Fairlead.EndToEnd.Healing;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Systems;

/// <summary>
/// A little of everything, in one go: a pane from before fairlead, two laptops at once, a daemon that is restarted and one that is killed, a job that nobody
/// looks at. All of fairlead is typed by the person or run by their rc file, so it is what another processor's program, another kernel, or another system's sshd,
/// tmux and screen have to get through.
/// </summary>
internal static class WholeStory
{
    /// <param name="stage">One without a cure.</param>
    public static async Task Play(Stage stage, MultiplexerKind kind)
    {
        OldPane pane = await OldPane.Leave(stage, kind);
        await stage.Furnish(stage.Person, Cure.Fairlead, stage.Shell.RcFile);
        Laptop home = await stage.AddLaptop("home");
        Laptop phone = await stage.AddLaptop("phone");

        Login sofa = await home.LogIn();
        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        // A login does not wait long for the daemon that it starts, and on an emulated processor that takes longer.
        await FileEvent.Appears(stage.ControlSocket);
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        await sofa.Reattach(pane.Multiplexer);
        Login train = await phone.LogIn();
        await EachHasTheirOwnKey(sofa, train);
        await IsExplained(stage, pane, sofa, train);

        int first = await SocketPeer.ProcessOf(stage.StableSocket);
        Assert.Equal(0, (await train.Ask($"{stage.Fairlead} restart")).ExitCode);
        Assert.NotEqual(first, await SocketPeer.ProcessOf(stage.StableSocket));
        await EachHasTheirOwnKey(sofa, train);

        await stage.KillDaemon();
        Assert.Equal(0, (await train.Ask($"{stage.Fairlead} start")).ExitCode);
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
        await EachHasTheirOwnKey(sofa, train);

        await AJobGoesOnWithTheNextLogin(stage, pane, sofa, train, phone);
    }

    private static async Task EachHasTheirOwnKey(Login sofa, Login train)
    {
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("phone-key", await train.KeySeenByWeb01());
    }

    private static async Task IsExplained(Stage stage, OldPane pane, Login sofa, Login train)
    {
        Assert.Contains($"reaches fairlead at {pane.Path}", await Asked(sofa, "why"), StringComparison.Ordinal);
        Assert.Contains(pane.Path, await Asked(train, "status"), StringComparison.Ordinal);
        Assert.Empty((await Diagnosis.In(train, stage)).Wrong);

        async Task<string> Asked(Login login, string command)
        {
            (int exitCode, string output) = await login.Ask($"{stage.Fairlead} {command}");
            Assert.Equal(0, exitCode);
            return output.ReplaceLineEndings(" ");
        }
    }

    private static async Task AJobGoesOnWithTheNextLogin(Stage stage, OldPane pane, Login sofa, Login train, Laptop phone)
    {
        Job job = stage.Keep(await Job.OfTurns(stage));
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");
        await sofa.Detach(pane.Multiplexer);
        await sofa.LogOut();
        await train.LogOut();
        await job.GoOn();
        await job.Tells("turn 2 failed");

        await phone.LogIn();
        await job.GoOn();

        await job.Tells("web01 saw phone-key in turn 3");
    }
}
