using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>A person answers, at a terminal; no program does that for itself.</summary>
public class AskingAnswererTests
{
    [Fact]
    public async Task Below_the_coding_agent_nothing_can_be_answered()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await Ask(stage, job);
        Login desk = await stage.Home.LogIn();

        (int exitCode, string said) = await desk.Ask($"./claude {AskingStage.Fairlead} answer");

        Assert.Equal((1, "fairlead: programs that a rule is for cannot answer (line 3: under = \"claude\")"), (exitCode, said));
        await StillWaits(stage, sofa, job);
    }

    /// <summary>The child of ssh that finds the way to the server.</summary>
    [Fact]
    public async Task A_child_of_the_program_that_asks_cannot_answer()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.AtWeb01);
        await using var said = new News(Path.Combine(stage.Stage.Folder, "said"));
        Login sofa = await stage.Home.LogIn();
        await stage.Stage.Person.Write("proxy", $"""
            #!/bin/bash
            mkfifo ~/go
            (read -r go <~/go; {AskingStage.Fairlead} answer </dev/tty >/dev/tty 2>{said.Path}) &
            exec socat - TCP:$1:$2
            """, "755");
        await sofa.Window.Type("ssh -o 'ProxyCommand=~/proxy %h %p' web01 7; echo ended:$?");
        await AskingStage.Sees(sofa);

        (await stage.Stage.AsPerson("sh", "-c", "echo >~/go")).Succeeded();

        await said.Tells("fairlead: the program that asks cannot answer");
        await stage.Questions(1);
        await AskingStage.Refuse(sofa);
        await sofa.Window.Expect("ended:255");
    }

    [Theory]
    [InlineData("""{"verb":"question"}""")]
    [InlineData("""{"verb":"verdict","question":1,"allow":true}""")]
    public async Task From_a_sandbox_nothing_can_be_answered(string line)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await Ask(stage, job);

        Finished answer = await Sandbox.Around(
            stage.Stage, Invocation.Of("socat", "-t5", "-", $"UNIX-CONNECT:{stage.Stage.ControlSocket}"), Path.GetDirectoryName(stage.Stage.ControlSocket)!)
            .Run(line + "\n");

        Assert.StartsWith("{\"error\":\"this shell is in a container or a sandbox", answer.Output, StringComparison.Ordinal);
        await StillWaits(stage, sofa, job);
    }

    [Theory]
    [InlineData("""{"verb":"question"}""", "only the program that the daemon runs from can answer")]
    [InlineData("""{"verb":"verdict","question":1,"allow":true}""", "this question does not wait for an answer here")]
    public async Task Another_program_than_fairlead_cannot_answer(string line, string refusal)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await Ask(stage, job);
        Login desk = await stage.Home.LogIn();

        (_, string said) = await desk.Ask($"echo '{line}' | socat -t5 - UNIX-CONNECT:{stage.Stage.ControlSocket}");

        Assert.StartsWith($"{{\"error\":\"{refusal}", said, StringComparison.Ordinal);
        await StillWaits(stage, sofa, job);
    }

    [Theory]
    [InlineData("fairlead answer </dev/null", "an answer needs a terminal")]
    [InlineData("script -qec 'fairlead answer' /dev/null", "fairlead sees nobody at this terminal")]
    public async Task Without_a_person_s_terminal_nothing_can_be_answered(string command, string refusal)
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await Ask(stage, job);

        Finished answer = await stage.Stage.AsPerson("sh", "-c", $"PATH=~/.local/bin:$PATH; {command}");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains($"fairlead: {refusal}", answer.Output + answer.Error, StringComparison.Ordinal);
        await StillWaits(stage, sofa, job);
    }

    /// <summary>It leaves its session and makes a terminal of its own, and names the pane that the person looks at.</summary>
    [Fact]
    public async Task A_terminal_that_the_coding_agent_has_made_for_itself_is_no_person_s()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        await using var said = new News(Path.Combine(stage.Stage.Folder, "said"));
        Login sofa = await stage.LogInToTmux();
        await stage.Stage.Person.Write("answer", $"""
            import os, pty, re, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(os.path.expanduser('{AskingStage.Fairlead}'), ['fairlead', 'answer'])
            seen = ''
            while True:
                try: piece = os.read(terminal, 1000).decode()
                except OSError: break
                seen += piece
                found = re.search(r'Type (\d\d) to allow', seen)
                if found: os.write(terminal, found[1].encode()); seen = ''
                open('{said.Path}', 'w').write(piece)
            open('{said.Path}', 'w').write('it has ended')
            """);
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");
        await sofa.Window.Press("C-b", "c");
        await sofa.Window.Expect("ready>");
        await job.GoOn();
        await AskingStage.Sees(sofa);

        (await stage.Stage.AsPerson("tmux", "new-window", "-d", $"./claude setsid -f {PythonScript.Program} answer; exec cat")).Succeeded();

        await said.Tells("fairlead: fairlead sees nobody at this terminal");
        await StillWaits(stage, sofa, job);
    }

    /// <summary>tmux counts keys from a client's terminal as typing, and these come from none.</summary>
    [Fact]
    public async Task Digits_that_a_program_sends_into_a_pane_allow_nothing()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await using Job job = await stage.WaitingClaude();
        Login sofa = await stage.LogInToTmux();
        Login desk = await stage.Home.LogIn();
        await sofa.Window.Type("sh ~/job & tmux display-popup -E 'echo mine; cat'"); // so that a message tells of the question
        await sofa.Window.Expect("mine");
        await job.Tells("ready");
        await job.GoOn();
        await stage.Questions(1);
        (await stage.Stage.AsPerson("tmux", "new-window", "-t", "main:7")).Succeeded();
        await NobodyTypes(stage);

        (await stage.Stage.AsPerson("tmux", "send-keys", "-t", "main:7", $"{AskingStage.Fairlead} answer", "Enter")).Succeeded();
        string digits = await Digits(stage);
        (await stage.Stage.AsPerson("tmux", "send-keys", "-t", "main:7", digits)).Succeeded();

        await Shows(stage, "nobody has typed here since the question was shown");
        await stage.Questions(1);
        await desk.Window.Type($"{AskingStage.Fairlead} answer");
        await AskingStage.Sees(desk);
        await AskingStage.Refuse(desk);
        await job.Tells("ended:255");
    }

    /// <summary>In a popup that the person sees.</summary>
    private static async Task<Login> Ask(AskingStage stage, Job job)
    {
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("sh ~/job");
        await job.Tells("ready");
        await job.GoOn();
        await AskingStage.Sees(sofa);
        return sofa;
    }

    private static async Task StillWaits(AskingStage stage, Login person, Job job)
    {
        await stage.Questions(1);
        Assert.Empty(await stage.Written());
        await AskingStage.Refuse(person);
        await job.Tells("ended:255");
    }

    /// <summary>For so long that no time of typing can be meant any more: terminals count in steps of eight seconds.</summary>
    private static async Task NobodyTypes(AskingStage stage)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            Finished clients = await stage.Stage.AsPerson("tmux", "list-clients", "-F", "#{client_activity} #{client_tty}");
            string[] client = clients.Output.Trim().Split(' ');
            var typed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(client[0], CultureInfo.InvariantCulture));
            if (DateTimeOffset.UtcNow - typed > TimeSpan.FromSeconds(20))
            {
                return;
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string> Digits(AskingStage stage) =>
        System.Text.RegularExpressions.Regex.Match(await Shows(stage, " to allow"), @"Type (\d\d) to allow").Groups[1].Value;

    private static async Task<string> Shows(AskingStage stage, string what)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            string pane = (await stage.Stage.AsPerson("tmux", "capture-pane", "-p", "-t", "main:7")).Output;
            if (pane.Contains(what, StringComparison.Ordinal))
            {
                return pane;
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
