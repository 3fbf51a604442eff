using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Questions at the same time, and how long a yes holds.</summary>
public class AskingMemoryTests
{
    /// <summary>All of them below one coding agent.</summary>
    private const string Turns =
        $"exec ./claude sh -c 'for turn in 1 2 3; do {AskingStage.Commit}; echo turn $turn:$? >&3; read -r go <~/go; done'";

    [Fact]
    public async Task Two_commits_at_once_are_one_question_and_both_are_signed()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await stage.Stage.Person.Write("both",
            """
            for name in one two; do
                git init -q $name
                (git -C $name commit -q -S --allow-empty -m signed; echo $name:$?) &
            done
            wait
            """);
        Login sofa = await stage.LogInToTmux();

        await sofa.Window.Type("./claude sh both");
        SeenQuestion question = await AskingStage.Sees(sofa);
        await stage.Questions(1);
        await AskingStage.Allow(sofa, question);

        Match one = await sofa.Window.Expect("(one|two):0");
        await sofa.Window.ExpectAfter(one.Index + one.Length, "(one|two):0");
        Assert.Equal(["answered yes", "answered yes"], (await stage.Signatures(2)).Select(AskingStage.Outcome));
    }

    [Fact]
    public async Task A_fourth_question_is_refused_and_three_wait()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using var news = new News(Path.Combine(stage.Stage.Folder, "news"));
        await stage.Stage.Person.Write("sign", $"exec 3>{news.Path}\n./claude {AskingStage.Commit} >&3 2>&3\necho ended:$? >&3\n");
        Login sofa = await stage.LogInToTmux();
        Login desk = await stage.Home.LogIn();

        for (int waiting = 1; waiting <= 3; waiting++)
        {
            await sofa.Window.Type("clear; sh sign &");
            await stage.Questions(waiting);
        }
        await desk.Window.Type("sh sign");
        await news.Tells("ended:[1-9]");

        Assert.Equal(["too-many-questions too-many"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
        string status = (await desk.Ask($"{AskingStage.Fairlead} status")).Output;
        Assert.Matches(@"asks you +until +to answer\s+(git commit \(ssh-keygen \d+\) below claude, tmux %0, wants key home-key for a signature +in .{1,9} +fairlead answer \d\s+\(git\)\s+){3}", status);
        await desk.Window.Type($"{AskingStage.Fairlead} answer");
        for (int waiting = 3; waiting > 0; waiting--)
        {
            await AskingStage.Sees(desk);
            await AskingStage.Refuse(desk);
            await stage.Questions(waiting - 1);
        }
        await desk.Window.Expect(Regex.Escape(Shell.Prompt));
        Assert.Equal(3, (await stage.Signatures(4)).Count(record => AskingStage.Outcome(record) == "refused-by-you no"));
    }

    [Fact]
    public async Task What_is_allowed_is_shown_and_can_be_taken_back()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await Job.Waiting(stage.Stage, "ready", Turns);
        Login desk = await stage.Home.LogIn();
        Login sofa = await Begin(stage, job);
        await AskingStage.Allow(sofa, await AskingStage.Sees(sofa));
        await job.Tells("turn 1:0");

        await job.GoOn();
        await job.Tells("turn 2:0"); // nobody is asked
        string status = (await desk.Ask($"COLUMNS=300 {AskingStage.Fairlead} status")).Output;
        Assert.Matches(@"you allowed[\s\S]*git commit \(ssh-keygen \d+\) below claude, tmux %0, wants key home-key for a signature \(git\) +in 29 min +pts/\d+", status);
        Assert.Equal((0, "1 answer forgotten; you are asked again"), await desk.Ask($"{AskingStage.Fairlead} forget"));
        Assert.Equal((0, "nothing was allowed"), await desk.Ask($"{AskingStage.Fairlead} forget"));

        await job.GoOn();
        await AskingStage.Allow(sofa, await AskingStage.Sees(sofa));
        await job.Tells("turn 3:0");
    }

    [Fact]
    public async Task A_yes_ends_with_the_login_that_gave_it()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await Job.Waiting(stage.Stage, "ready", Turns);
        Login sofa = await Begin(stage, job);
        await AskingStage.Allow(sofa, await AskingStage.Sees(sofa));
        await job.Tells("turn 1:0");
        await sofa.Detach(AskingStage.Tmux);
        await sofa.LogOut();
        Login desk = await stage.Home.LogIn();
        await desk.Window.Type(AskingStage.Tmux.Reattach);
        await desk.Window.Expect(EscapeFilter.FullScreen);

        await job.GoOn();
        await AskingStage.Allow(desk, await AskingStage.Sees(desk));

        await job.Tells("turn 2:0");
        Assert.Equal([false, false], (await stage.Signatures(2)).Select(record => record.GetProperty("verdict").TryGetProperty("earlier", out _)));
    }

    private static async Task<Login> Begin(AskingStage stage, Job job)
    {
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");
        await job.GoOn();
        return sofa;
    }
}
