using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>An old pane has the variables of the login that it was started in, until it is given those of the login that looks at it now.</summary>
public class FreshVariablesTests
{
    private const string Show = "echo $SSH_CONNECTION $SSH_TTY";

    [Theory]
    [InlineData(ShellKind.Bash, "eval \"$(fairlead env bash)\"", MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Zsh, "eval \"$(fairlead env zsh)\"", MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Fish, "fairlead env fish | source", MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Bash, "eval \"$(fairlead env bash)\"", MultiplexerKind.Screen)]
    public async Task One_line_gives_an_old_pane_those_of_the_login_that_is_there_now(ShellKind shell, string line, MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise(shell);
        (Login sofa, string atWork, string atHome) = await new HomeComing(stage) { Question = Show, Kind = kind }.Play();
        Assert.NotEqual(atHome, (await sofa.Ask(Show)).Output);

        Assert.Equal((0, ""), await sofa.Ask(line.Replace("fairlead", stage.Fairlead, StringComparison.Ordinal)));

        Assert.StartsWith(HomeComing.WorkAddress + " ", atWork, StringComparison.Ordinal);
        Assert.StartsWith(HomeComing.HomeAddress + " ", atHome, StringComparison.Ordinal);
        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
    }

    [Theory]
    [InlineData(ShellKind.Bash, MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Zsh, MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Fish, MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Bash, MultiplexerKind.Screen)]
    public async Task With_refresh_env_in_the_rc_line_the_next_prompt_does_it(ShellKind shell, MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise(shell, beforeCure: Shell.Of(shell).RefreshCode("~/.local/bin/fairlead"));
        (Login sofa, _, string atHome) = await new HomeComing(stage) { Question = Show, Kind = kind, WaitsForNotice = true }.Play();

        Assert.Equal((0, ""), await sofa.Ask("true"));

        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
    }
}
