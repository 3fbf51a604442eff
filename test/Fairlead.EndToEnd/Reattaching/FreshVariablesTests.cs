using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>An old pane has the variables of the login that it was started in, until it is given those of the login that looks at it now.</summary>
public class FreshVariablesTests
{
    private const string Show = "echo $SSH_CONNECTION $SSH_TTY";

    [Theory]
    [InlineData(ShellKind.Bash, "eval \"$(fairlead env bash)\"")]
    [InlineData(ShellKind.Zsh, "eval \"$(fairlead env zsh)\"")]
    [InlineData(ShellKind.Fish, "fairlead env fish | source")]
    public async Task One_line_gives_an_old_pane_those_of_the_login_that_is_there_now(ShellKind shell, string line)
    {
        await using Stage stage = await Stage.Raise(shell);
        (Login sofa, string atDesk, string atHome) = await GoHome(stage);
        Assert.Equal(atDesk, (await sofa.Ask(Show)).Output);

        Assert.Equal((0, ""), await sofa.Ask(line.Replace("fairlead", stage.Fairlead, StringComparison.Ordinal)));

        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
    }

    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task With_refresh_env_in_the_rc_line_the_next_prompt_does_it(ShellKind shell)
    {
        string rcLine = Shell.Of(shell).CureCode(Cure.Fairlead, "~/.local/bin/fairlead");
        string name = Shell.Of(shell).Name;
        await using Stage stage = await Stage.Raise(
            shell, beforeCure: rcLine.Replace($"init {name}", $"init {name} --refresh-env", StringComparison.Ordinal));
        Task moved = Task.CompletedTask;
        (Login sofa, _, string atHome) = await GoHome(stage, () => moved = FileEvent.Changes(Path.ChangeExtension(stage.StableSocket, ".moved")));
        await moved;

        Assert.Equal((0, ""), await sofa.Ask("true"));

        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
    }

    /// <returns>The login that sits in the old pane, and what the variables are in both logins.</returns>
    private static async Task<(Login Sofa, string AtDesk, string AtHome)> GoHome(Stage stage, Action? beforeReattaching = null)
    {
        Laptop work = await stage.AddLaptop("work", "127.0.0.2");
        Laptop home = await stage.AddLaptop("home", "127.0.0.3");
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login desk = await work.LogIn();
        await desk.Start(tmux);
        await desk.Detach(tmux);
        string atDesk = (await desk.Ask(Show)).Output;
        Login sofa = await home.LogIn();
        string atHome = (await sofa.Ask(Show)).Output;
        await desk.LogOut();
        Assert.StartsWith("127.0.0.2 ", atDesk, StringComparison.Ordinal);
        Assert.StartsWith("127.0.0.3 ", atHome, StringComparison.Ordinal);

        beforeReattaching?.Invoke();
        await sofa.Reattach(tmux);
        return (sofa, atDesk, atHome);
    }
}
