using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Who typed the command themselves is asked where they typed it.</summary>
public class AskingOnTerminalTests
{
    [Theory]
    [InlineData(null, @"pts/\d+")]
    [InlineData(MultiplexerKind.Tmux, "tmux %0")]
    [InlineData(MultiplexerKind.Screen, "screen 0")]
    public async Task The_question_is_a_line_there_and_leaves_the_terminal_as_it_was(MultiplexerKind? kind, string place)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.AtWeb01);
        Login sofa = await stage.Home.LogIn();
        await (kind is MultiplexerKind used ? sofa.Start(Multiplexer.Of(used)) : Task.CompletedTask);
        string before = (await sofa.Ask("stty -a")).Output;

        await sofa.Window.Type("clear; ssh web01 7; echo ended:$?");
        SeenQuestion question = await AskingStage.Sees(sofa);
        Assert.False(question.IsInPopup);
        Assert.Matches($@"^ssh \(\d+\), {place}, wants key home-key for \w+@web01\. Type \d\d to allow this for 30m, Esc to refuse$", question.Text);
        await AskingStage.Allow(sofa, question);

        await sofa.Window.Expect("web01 saw home-key in turn 7");
        await sofa.Window.Expect("ended:0");
        Assert.Equal(before, (await sofa.Ask("stty -a")).Output);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01()); // the yes holds for this terminal
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MultiplexerKind.Tmux)]
    public async Task Interrupting_ssh_at_the_question_leaves_a_usable_shell(MultiplexerKind? kind)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.AtWeb01);
        Login sofa = await stage.Home.LogIn();
        await (kind is MultiplexerKind used ? sofa.Start(Multiplexer.Of(used)) : Task.CompletedTask);
        string before = (await sofa.Ask("stty -a")).Output;

        await sofa.Window.Type("ssh web01 7");
        await AskingStage.Sees(sofa);
        await sofa.Window.Press("C-c");
        await sofa.Window.Expect(Regex.Escape(Shell.Prompt.TrimEnd()));

        Assert.Equal((0, "usable"), await sofa.Ask("echo usable"));
        Assert.Equal(before, (await sofa.Ask("stty -a")).Output);
        Assert.Equal(["abandoned withdrawn"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
        await stage.Questions(0);
    }

    [Fact]
    public async Task Refused_there_ssh_says_so_and_asks_no_further_key()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.AtWeb01);
        SshKey second = await SshKey.Create(Path.Combine(stage.Stage.Folder, "second"), "second");
        await stage.Home.Agent.Add(second);
        await stage.Stage.Web01.Allow(second.Public);
        Login sofa = await stage.Home.LogIn();

        await sofa.Window.Type("ssh web01 7; echo ended:$?");
        await AskingStage.Sees(sofa);
        await AskingStage.Refuse(sofa);

        await sofa.Window.Expect("ended:255");
        Assert.All(await stage.Signatures(1), record => Assert.Equal("refused-by-you", AskingStage.Text(record, "outcome")));
    }
}
