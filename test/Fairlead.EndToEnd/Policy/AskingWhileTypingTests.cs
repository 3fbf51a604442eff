using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Somebody types into a pane while a program in it wants a signature: their keys are for what they see.</summary>
public class AskingWhileTypingTests
{
    /// <summary>Longer than fairlead waits before it shows a message.</summary>
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(13);

    [Fact]
    public async Task Every_key_arrives_in_the_pane_and_the_question_comes_when_the_person_pauses()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude(AskingStage.Commit);
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job & cat >typed");
        await job.Tells("ready");
        int from = sofa.Window.Mark;

        var typed = new StringBuilder();
        await job.GoOn();
        long began = Stopwatch.GetTimestamp();
        for (int turn = 0; Stopwatch.GetElapsedTime(began) < Typing; turn++)
        {
            string digits = (turn % 100).ToString("00", CultureInfo.InvariantCulture);
            await sofa.Window.Press("y", "Enter", digits, "Enter");
            typed.Append(CultureInfo.InvariantCulture, $"y\n{digits}\n");
        }
        Assert.Empty(await stage.Written());
        SeenQuestion question = await AskingStage.Sees(sofa, from);
        await AskingStage.Allow(sofa, question);
        await job.Tells("ended:0");

        await sofa.Window.Press("C-d");
        await sofa.Window.Expect("ready>");
        Assert.Equal(typed.ToString(), await File.ReadAllTextAsync(stage.Stage.Person.InHome("typed")));
        Assert.Equal(["answered yes"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
    }
}
