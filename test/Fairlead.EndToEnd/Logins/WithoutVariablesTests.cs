using Fairlead.EndToEnd.Doctor;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>Shells that have lost the variables of their ssh session: where they are is seen in the processes above them.</summary>
public class WithoutVariablesTests
{
    [Theory]
    [InlineData("env -i HOME=$HOME TERM=$TERM bash -l")]
    [InlineData("sudo -i -u $USER")]
    [InlineData("sudo su - $USER")]
    public async Task A_shell_below_a_login_has_the_path_and_the_logins_agent(string start)
    {
        await using Stage stage = await Stage.Raise();
        stage.Keep(await SudoRight.Grant(stage.Person));
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        await sofa.Window.Type(start);
        await sofa.Ask("true");

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.DoesNotContain((await Diagnosis.In(sofa, stage)).Wrong, finding => finding.Check is "this shell" or "this login" or "agents");
    }

    [Fact]
    public async Task A_tmux_that_was_started_at_boot_has_the_path_and_follows_who_attaches()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        (await Invocation.Of("env", "-i", $"HOME={stage.Person.Home}", "TERM=xterm", $"PATH={Invocation.SearchPath}", "LANG=C.UTF-8", "tmux", "new", "-d", "-s", "main")
            .As(stage.Person).Run()).Succeeded();
        Multiplexer tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login sofa = await home.LogIn();
        await sofa.Reattach(tmux);

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await sofa.Detach(tmux);

        Login desk = await work.LogIn();
        await desk.Reattach(tmux);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
    }

    [Fact]
    public async Task Status_says_when_the_shell_asks_nobody()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (_, string unset) = await sofa.Ask("(unset SSH_AUTH_SOCK; ~/.local/bin/fairlead status)");
        (_, string stale) = await sofa.Ask("SSH_AUTH_SOCK=/tmp/gone ~/.local/bin/fairlead status");
        (_, string usual) = await sofa.Ask("~/.local/bin/fairlead status");

        Assert.Contains("but SSH_AUTH_SOCK is not set in this shell", unset, StringComparison.Ordinal);
        Assert.Contains("but nobody listens at SSH_AUTH_SOCK of this shell", stale, StringComparison.Ordinal);
        Assert.DoesNotContain("but ", usual, StringComparison.Ordinal);
    }
}
