using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Where no popup can be shown, a message says how to answer; whatever happens to the window, nothing is taken for a yes.</summary>
public class AskingPastPopupTests
{
    private const string HowToAnswer = "fairlead answer";

    [Fact]
    public async Task A_client_that_shows_another_popup_gets_a_message_and_any_shell_answers()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        Login desk = await stage.Home.LogIn();
        await sofa.Window.Type("sh ~/job & tmux display-popup -E 'echo mine; cat'");
        await sofa.Window.Expect("mine");
        await job.Tells("ready");

        await job.GoOn();
        await sofa.Window.Expect(HowToAnswer);
        await Answer(desk);

        await job.Tells("ended:0");
        Assert.Equal(["answered yes"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
        await sofa.Window.Type("typed");
        await sofa.Window.Expect("typed[^t]+typed"); // its own popup is there still: cat says it again
    }

    /// <summary>Who looks on only, and who has hardly any room.</summary>
    [Theory]
    [InlineData("tmux attach-session -r -t main", 120, 40, HowToAnswer)]
    [InlineData("tmux attach-session -t main", 20, 4, "fairlead")]
    public async Task A_client_without_room_for_a_popup_gets_a_message(string attach, int columns, int rows, string message)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.Home.LogIn();
        Login desk = await stage.Home.LogIn();
        await sofa.Window.Resize(columns, rows);
        await sofa.Ask("tmux new-session -d -s main 'sh ~/job'");
        await job.Tells("ready");
        await sofa.Window.Type(attach);
        await sofa.Window.Expect(EscapeFilter.FullScreen);

        await job.GoOn();
        await sofa.Window.Expect(message);
        await sofa.Window.Press("1", "2", "3", "y");
        await stage.Questions(1);
        await desk.Window.Type($"{AskingStage.Fairlead} answer");
        await AskingStage.Sees(desk);
        await AskingStage.Refuse(desk);

        await job.Tells("ended:255");
        Assert.All(await stage.Signatures(1), record => Assert.Equal("refused-by-you no", AskingStage.Outcome(record)));
    }

    /// <summary>Before tmux 3.4 nothing can be shown to such a client.</summary>
    [Fact]
    public async Task Who_uses_control_mode_is_told_there_or_in_another_shell()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.Home.LogIn();
        Login desk = await stage.Home.LogIn();
        await sofa.Ask("tmux new-session -d -s main 'sh ~/job'");
        await job.Tells("ready");
        await sofa.Window.Type("tmux -C attach-session -t main");
        await sofa.Window.Expect("%session-changed");

        await job.GoOn();
        await await Task.WhenAny(sofa.Window.Expect(HowToAnswer), desk.Window.Expect(HowToAnswer));
        await stage.Questions(1);
        await Answer(desk);

        await job.Tells("ended:0");
    }

    [Fact]
    public async Task Who_detaches_while_the_popup_is_shown_finds_the_question_in_the_shell_below()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");

        await job.GoOn();
        await AskingStage.Sees(sofa);
        (await stage.Stage.AsPerson("tmux", "detach-client", "-s", "main")).Succeeded();
        Match detached = await sofa.Window.Expect(AskingStage.Tmux.Detached);
        await sofa.Window.ExpectAfter(detached.Index, HowToAnswer);
        await stage.Questions(1);
        await Answer(sofa);

        await job.Tells("ended:0");
    }

    [Fact]
    public async Task A_pane_of_an_inner_tmux_that_the_outer_one_does_not_show_reaches_the_person_all_the_same()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("TMUX= tmux -L inner new-session 'sh ~/job'");
        await job.Tells("ready");
        await sofa.Window.Press("C-b", "c");
        await sofa.Window.Expect(Regex.Escape(Shell.Prompt.TrimEnd()));

        await job.GoOn();
        await sofa.Window.Expect($"{HowToAnswer}|to allow");

        await stage.Questions(1);
    }

    /// <summary>A message is as wide as the terminal at most.</summary>
    [Fact]
    public async Task A_message_on_a_terminal_of_usual_width_says_how_to_answer()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude(AskingStage.Commit);
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Resize(80, 24);
        await sofa.Window.Type("sh ~/job & tmux display-popup -E 'echo mine; cat'");
        await sofa.Window.Expect("mine");
        await job.Tells("ready");

        await job.GoOn();

        await sofa.Window.Expect("git commit");
        await sofa.Window.Expect(HowToAnswer);
    }

    [Fact]
    public async Task Interrupting_the_popup_leaves_the_question_open()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job &");
        await job.Tells("ready");

        await job.GoOn();
        await AskingStage.Sees(sofa);
        await sofa.Window.Press("C-c");
        await sofa.Window.Expect(HowToAnswer);
        await stage.Questions(1);
        await Answer(sofa);

        await job.Tells("ended:0");
    }

    [Fact]
    public async Task In_a_login_without_a_multiplexer_a_message_is_answered_in_the_same_shell()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.Home.LogIn();
        await sofa.Window.Type("sh ~/job &");
        await job.Tells("ready");

        await job.GoOn();
        await sofa.Window.Expect(HowToAnswer);
        await Answer(sofa);

        await job.Tells("ended:0");
    }

    [Fact]
    public async Task In_screen_a_message_is_answered_in_the_shell_of_another_login()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.Home.LogIn();
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Screen));
        Login desk = await stage.Home.LogIn();
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");

        await job.GoOn();
        await sofa.Window.Expect(HowToAnswer);
        await Answer(desk);

        await job.Tells("web01 saw home-key in turn 7");
        await job.Tells("ended:0");
        string place = AskingStage.Text(Assert.Single(await stage.Signatures(1)).GetProperty("verdict"), "place")!;
        Assert.Equal($"/dev/{place}", (await desk.Ask("tty")).Output);
    }

    private static async Task Answer(Login person)
    {
        await person.Window.Type($"{AskingStage.Fairlead} answer");
        await AskingStage.Allow(person, await AskingStage.Sees(person));
        await person.Window.Expect("allowed");
    }
}
