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

    /// <summary>A laptop may send what it likes: it comes as it is, and nothing of it is run.</summary>
    [Theory]
    [InlineData(ShellKind.Bash, "KRB5CCNAME")]
    [InlineData(ShellKind.Zsh, "WAYLAND_DISPLAY")]
    [InlineData(ShellKind.Fish, "KRB5CCNAME")]
    public async Task A_value_stays_a_value(ShellKind shell, string name)
    {
        await using Stage stage = await Stage.Raise(shell, beforeCure: Shell.Of(shell).RefreshCode("~/.local/bin/fairlead"));
        var story = new HomeComing(stage, laptop => laptop.LogIn(), laptop => laptop.LogInSending(name, @"\047;touch run;\140touch run\140$(touch run)\n\042\134x"))
        {
            Question = $"printenv {name} | od -An -tx1 | tr -d ' \\n'",
            WaitsForNotice = true,
        };
        (Login sofa, _, string atHome) = await story.Play();
        Assert.StartsWith("273b746f7563682072756e3b60", atHome, StringComparison.Ordinal);

        await sofa.Ask("true");

        Assert.Equal(atHome, (await sofa.Ask(story.Question)).Output);
        Assert.Equal(1, (await sofa.Ask("test -e run")).ExitCode);
    }

    [Theory]
    [InlineData(MultiplexerKind.Tmux, "screen -S in")]
    [InlineData(MultiplexerKind.Screen, "tmux new-session -s in")]
    public async Task In_a_session_inside_another_they_are_those_of_the_outermost_terminal(MultiplexerKind outside, string inside)
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, string atWork, string atHome) = await new HomeComing(stage) { Question = Show, Kind = outside }.Play();
        await sofa.Window.Type(inside);
        await sofa.Window.Expect(Shell.Prompt);
        Assert.Equal(atWork, (await sofa.Ask(Show)).Output);

        Assert.Equal((0, ""), await sofa.Ask($"eval \"$({stage.Fairlead} env bash)\""));

        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
    }

    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task A_login_that_forwards_no_agent_gives_its_own_all_the_same(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise(beforeCure: Shell.Of(ShellKind.Bash).RefreshCode("~/.local/bin/fairlead"));
        var story = new HomeComing(stage, laptop => laptop.LogIn(), laptop => laptop.LogInWithoutForwarding())
        {
            Question = Show,
            Kind = kind,
            WaitsForNotice = true,
        };
        (Login phone, _, string atHome) = await story.Play();

        Assert.Equal((0, ""), await phone.Ask("true"));

        Assert.Equal(atHome, (await phone.Ask(Show)).Output);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task Who_turns_to_a_session_that_two_look_at_gets_their_own_variables_there(bool sofaForwards, bool phoneForwards)
    {
        await using Stage stage = await Stage.Raise(beforeCure: Shell.Of(ShellKind.Bash).RefreshCode("~/.local/bin/fairlead"));
        var story = new HomeComing(stage, laptop => laptop.LogIn(), laptop => sofaForwards ? laptop.LogIn() : laptop.LogInWithoutForwarding())
        {
            Question = Show,
            WaitsForNotice = true,
        };
        (Login sofa, _, string atHome) = await story.Play();
        await sofa.Ask("true");
        Assert.Equal(atHome, (await sofa.Ask(Show)).Output);
        Laptop handheld = await stage.AddLaptop("phone", "127.0.0.4");
        Login phone = phoneForwards ? await handheld.LogIn() : await handheld.LogInWithoutForwarding();
        string onPhone = (await phone.Ask(Show)).Output;
        Task attached = stage.NotesAttachment();
        await phone.Reattach(Multiplexer.Of(MultiplexerKind.Tmux));

        await Turn(phone, onPhone, attached);
        await Turn(sofa, atHome, stage.NotesAttachment());
        await Turn(phone, onPhone, stage.NotesAttachment());

        async Task Turn(Login login, string expected, Task noticed)
        {
            await login.Ask("true");
            await noticed;
            await login.Ask("true");
            Assert.Equal(expected, (await login.Ask(Show)).Output);
        }
    }
}
