using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>A coding agent works in a pane of tmux: the person who looks at it is asked in a popup.</summary>
public class AskingInPopupTests
{
    [Fact]
    public async Task A_push_is_allowed_by_two_digits()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        SshServer github = await stage.Stage.AddHost("github");
        await github.Allow(stage.Home.Key.Public);
        Login sofa = await stage.LogInToTmux();
        Assert.Equal((0, ""), await sofa.Ask("ssh github git init -q --bare project && git commit -q --allow-empty -m first && git remote add origin github:project"));

        await sofa.Window.Type("./claude git push -q origin HEAD; echo pushed:$?");
        SeenQuestion question = await AskingStage.Sees(sofa);
        Assert.True(question.IsInPopup);
        Assert.Matches(
            @"^git push \(ssh \d+\) below claude, tmux %0, wants key home-key for \w+@github\. Type \d\d to allow this for 30m, Esc to refuse$", question.Text);
        await AskingStage.Allow(sofa, question);

        await sofa.Window.Expect("pushed:0");
        JsonElement[] records = await stage.Signatures(2);
        Assert.Equal(["answered -", "answered yes"], records.Select(AskingStage.Outcome));
        Assert.Equal(3, records[1].GetProperty("rule").GetInt32());
        Assert.Matches(@"^pts/\d+$", AskingStage.Text(records[1].GetProperty("verdict"), "place"));
    }

    [Fact]
    public async Task A_commit_of_a_program_that_has_left_its_session_is_known_by_its_variable()
    {
        await using AskingStage stage = await AskingStage.Raise("[[rule]]\nwhen = { variable = \"CLAUDECODE=1\" }\nask = true\n");
        await using var news = new News(Path.Combine(stage.Stage.Folder, "news"));
        Login sofa = await stage.LogInToTmux();

        await sofa.Window.Type($"CLAUDECODE=1 setsid -f sh -c '{AskingStage.Commit}; echo signed:$? >{news.Path}'");
        SeenQuestion question = await AskingStage.Sees(sofa);
        Assert.Matches(@"^git commit \(ssh-keygen \d+\), tmux %0, wants key home-key for a signature \(git\)\. Type \d\d to allow it once, Esc to refuse$", question.Text);
        await AskingStage.Allow(sofa, question);

        await news.Tells("signed:0");
        Assert.Equal(["answered yes"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
    }

    [Fact]
    public async Task A_rebase_that_signs_each_commit_asks_once()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();
        await sofa.Ask("for name in one two three four; do git commit -q --allow-empty -m $name; done");

        await sofa.Window.Type("./claude git rebase -q -S --force-rebase HEAD~3; echo rebased:$?");
        SeenQuestion question = await AskingStage.Sees(sofa);
        Assert.Matches(@"^git \w+ \(ssh-keygen \d+\) below claude, tmux %0, wants key home-key for a signature \(git\)\.", question.Text);
        await AskingStage.Allow(sofa, question);

        await sofa.Window.Expect("rebased:0");
        JsonElement[] records = await stage.Signatures(3);
        Assert.Equal(["answered yes", "answered yes", "answered yes"], records.Select(AskingStage.Outcome));
        Assert.Equal([false, true, true], records.Select(record => record.GetProperty("verdict").TryGetProperty("earlier", out _)));
    }

    [Fact]
    public async Task A_no_ends_it_at_once_and_is_told_to_who_wants_the_reason()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();

        await sofa.Window.Type($"./claude {AskingStage.Commit}; echo ended:$?");
        await AskingStage.Sees(sofa);
        await AskingStage.Refuse(sofa);

        await sofa.Window.Expect("ended:[1-9]");
        Assert.Contains("agent refused operation", await sofa.Window.Screen(), StringComparison.Ordinal);
        string why = Regex.Replace((await sofa.Ask($"{AskingStage.Fairlead} why")).Output, @"\s+", " ");
        Assert.Matches("""not signed: git commit \(ssh-keygen \d+\) below claude, tmux %0, wants key home-key for a signature \(git\): refused by you, .{1,20} ago \(line 3: under = "claude"\)""", why);
        JsonElement record = Assert.Single(await stage.Signatures(1));
        Assert.Equal("refused-by-you no", AskingStage.Outcome(record));
        Assert.Equal(3, record.GetProperty("rule").GetInt32());
        Assert.Matches(@"^pts/\d+$", AskingStage.Text(record.GetProperty("verdict"), "place"));
    }

    [Fact]
    public async Task Keys_that_fall_into_the_open_popup_answer_nothing()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();

        await sofa.Window.Type($"./claude {AskingStage.Commit}; echo ended:$?");
        await AskingStage.Sees(sofa);
        await sofa.Window.Press("y", "Enter", "Up", "00", "Enter");
        await sofa.Window.Expect("Stop typing for a moment");
        SeenQuestion again = await AskingStage.Sees(sofa);
        await stage.Questions(1);
        await AskingStage.Allow(sofa, again);

        await sofa.Window.Expect("ended:0");
    }

    [Fact]
    public async Task Of_two_people_at_one_session_the_one_who_typed_is_asked()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();
        Login desk = await stage.Home.LogIn();
        await desk.Reattach(AskingStage.Tmux);

        foreach ((Login typist, Login other) in new[] { (sofa, desk), (desk, sofa) })
        {
            await typist.Window.Type($"clear; ./claude {AskingStage.Commit}; echo ended:$?");
            SeenQuestion question = await AskingStage.Sees(typist);
            Assert.DoesNotContain("to allow", await other.Window.Screen(), StringComparison.Ordinal);
            await AskingStage.Allow(typist, question);
            await typist.Window.Expect("ended:0");
        }
    }

    [Fact]
    public async Task Two_questions_come_one_after_the_other()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await stage.Stage.Person.Write("sign", "./claude ssh-keygen -q -Y sign -n file -f home.pub <claude >/dev/null; echo ended:$?\n");
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh sign & sh sign & wait");
        await AskingStage.Sees(sofa);
        await stage.Questions(2);

        await AskingStage.Refuse(sofa);
        await stage.Questions(1);
        SeenQuestion second = await AskingStage.Sees(sofa);
        await AskingStage.Allow(sofa, second);

        await sofa.Window.Expect("ended:0");
        Assert.Equal(["refused-by-you no", "answered yes"], (await stage.Signatures(2)).Select(AskingStage.Outcome));
    }

    [Fact]
    public async Task An_answer_elsewhere_takes_the_popup_away()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();
        Login desk = await stage.Home.LogIn();
        await sofa.Window.Type($"./claude {AskingStage.Commit}; echo ended:$?");
        await AskingStage.Sees(sofa);

        await desk.Window.Type($"{AskingStage.Fairlead} answer");
        await AskingStage.Allow(desk, await AskingStage.Sees(desk));

        await sofa.Window.Expect("ended:0");
        Assert.Equal((0, "typed"), await sofa.Ask("echo typed"));
    }
}
