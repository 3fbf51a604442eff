using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Watching;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Nobody answers, or nobody could: the signature is refused, and the reason is told.</summary>
public class AskingNobodyTests
{
    [Fact]
    public async Task A_login_without_a_terminal_is_nobody_to_ask()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        _ = (await stage.Home.Ssh("-A", "gateway", $"{AskingStage.Fairlead} start").Run()).Succeeded();
        await using LongRunning events = await EventsTests.Begin(stage.Stage);

        Finished ssh = await stage.Home.Ssh("-A", "gateway", ". ~/.bashrc; ./claude ssh -n web01 7").Run();

        Assert.Equal(255, ssh.ExitCode);
        await EventsTests.Told(events, "\"request\":\"sign\".*\"outcome\":\"nobody-to-ask\"");
        Assert.All(await stage.Signatures(1), record => Assert.Equal("nobody-to-ask nobody", AskingStage.Outcome(record)));
        string why = Regex.Replace((await stage.Stage.AsPerson(stage.Stage.Fairlead, "why")).Output, @"\s+", " ");
        Assert.Matches(@"not signed: ssh \(\d+\) below claude wants key home-key for \w+@web01: nobody there to ask", why);
    }

    [Fact]
    public async Task Nobody_is_there_when_the_session_is_detached_and_the_person_has_logged_out()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        SshAgent local = stage.Stage.Keep(await SshAgent.Start(stage.Stage.Person.InHome("agent"), stage.Stage.Person));
        await local.Add(stage.Home.Key);
        await stage.Stage.Configure($"[log]\nto = \"~/signed.log\"\n[[agent]]\nname = \"local\"\nsocket = \"{local.Socket}\"\nrole = \"fallback\"\n{AskingStage.UnderClaude}");
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");
        await sofa.Detach(AskingStage.Tmux);
        await sofa.LogOut();

        await job.GoOn();

        await job.Tells("ended:255");
        Assert.All(await stage.Signatures(1), record => Assert.Equal("nobody-to-ask nobody", AskingStage.Outcome(record)));
    }

    [Fact]
    public async Task Without_an_answer_in_time_it_is_refused_and_the_popup_goes()
    {
        await using AskingStage stage = await AskingStage.Raise("[ask]\ntime = \"5s\"\n" + AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();

        await sofa.Window.Type($"./claude {AskingStage.Commit}; echo ended:$?");
        await sofa.Window.Expect("ended:[1-9]");

        Assert.Equal(["not-answered no-answer"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
        string why = Regex.Replace((await sofa.Ask($"{AskingStage.Fairlead} why")).Output, @"\s+", " ");
        Assert.Matches(@"not signed: git commit \(ssh-keygen \d+\) below claude, tmux %0, wants key home-key for a signature \(git\): no answer in time", why);
        Assert.Equal((0, "typed"), await sofa.Ask("echo typed"));
    }

    [Fact]
    public async Task A_tmux_that_is_killed_meanwhile_says_no_yes()
    {
        await using AskingStage stage = await AskingStage.Raise("[[rule]]\nwhen = { variable = \"CLAUDECODE=1\" }\nask = true\n");
        await using var news = new News(Path.Combine(stage.Stage.Folder, "news"));
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type($"CLAUDECODE=1 setsid -f sh -c '{AskingStage.Commit}; echo ended:$? >{news.Path}'");
        await AskingStage.Sees(sofa);

        (await stage.Stage.AsPerson("tmux", "kill-server")).Succeeded();
        await sofa.Window.Expect("fairlead answer"); // it is a shell without tmux now
        await sofa.Window.Type($"{AskingStage.Fairlead} answer");
        await AskingStage.Sees(sofa);
        await AskingStage.Refuse(sofa);

        await news.Tells("ended:[1-9]");
        Assert.Equal(["refused-by-you no"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
    }

    [Fact]
    public async Task A_daemon_that_is_restarted_meanwhile_refuses_and_the_popup_goes()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type($"./claude {AskingStage.Commit}; echo ended:$?");
        await AskingStage.Sees(sofa);

        (await stage.Stage.AsPerson(stage.Stage.Fairlead, "restart")).Succeeded();

        await sofa.Window.Expect("ended:[1-9]");
        Assert.Equal(["interrupted restarted"], (await stage.Signatures(1)).Select(AskingStage.Outcome));
        Assert.Equal((0, "typed"), await sofa.Ask("echo typed"));
    }
}
