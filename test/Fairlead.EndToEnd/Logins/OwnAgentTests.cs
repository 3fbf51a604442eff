using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>A person who runs an agent of their own on the gateway (keychain does) has chosen it: it stays, as long as it lives.</summary>
public class OwnAgentTests
{
    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task A_live_agent_of_the_person_is_kept(ShellKind shell)
    {
        string export = Export(shell);
        await using Stage stage = await Stage.Raise(shell, beforeCure: export);
        SshAgent own = stage.Keep(await SshAgent.Start(stage.Person.InHome("own-agent"), stage.Person));
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();

        Assert.Equal(own.Socket, await sofa.AuthSock());
    }

    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task A_dead_one_is_replaced(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell, beforeCure: Export(shell));
        await DeadSocket.Leave(stage.Person.InHome("own-agent"), stage.Person);
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task An_agent_started_by_hand_in_the_pane_lasts_as_long_as_its_shell()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        (_, string kept) = await sofa.Ask("eval \"$(ssh-agent -a ~/by-hand)\" >/dev/null; bash -ic 'echo $SSH_AUTH_SOCK'");

        Assert.Equal(stage.Person.InHome("by-hand"), kept);
    }

    /// <summary>Such an agent listens, and then becomes the command: what listens stands above the shell, like an SSH server.</summary>
    [Theory]
    [InlineData("ssh-agent bash")]
    [InlineData("ssh-agent -a ~/with-command bash")]
    public async Task An_agent_that_was_started_with_a_shell_is_kept_in_it(string start)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        await sofa.Window.Type(start);
        (_, string started) = await sofa.Ask("tr '\\0' '\\n' </proc/$$/environ | sed -n 's/^SSH_AUTH_SOCK=//p'");

        Assert.Equal(started, await sofa.AuthSock());
        Assert.Contains("no identities", (await sofa.Ask("ssh-add -l")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_without_an_agent_gets_the_stable_path_all_the_same()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogInWithoutForwarding();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal(255, (await sofa.TryWeb01()).ExitCode);
    }

    private static string Export(ShellKind shell) => shell == ShellKind.Fish
        ? "set -gx SSH_AUTH_SOCK $HOME/own-agent\n"
        : "export SSH_AUTH_SOCK=$HOME/own-agent\n";
}
