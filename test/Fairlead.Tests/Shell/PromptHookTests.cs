using System.Diagnostics;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

/// <summary>What <c>init --refresh-env</c> prints, run in the shell itself with a program in fairlead's place that notes that it was run.</summary>
public sealed class PromptHookTests : IDisposable
{
    private readonly TempFolder folder = new();

    public PromptHookTests()
    {
        Directory.CreateDirectory(folder["it's here"]);
        Write("it's here/fairlead", $"#!/bin/sh\nprintf 'run:%s ' \"$*\" >>{folder["said"]}\necho \"export SEEN=$(wc -w <{folder["said"]})\"\n");
        File.SetUnixFileMode(folder["it's here/fairlead"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Moved => folder["it's here/host.moved"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bash", "bash --norc -u", "(exit 3) || eval \"$PROMPT_COMMAND\" || echo $? >>$SAID", true)]
    [InlineData("bash", "bash --norc -eu", "eval \"$PROMPT_COMMAND\"", false)]
    [InlineData("zsh", "zsh -f -eu", "for hook in $precmd_functions; do $hook; done", false)]
    [InlineData("fish", "fish --no-config", "emit fish_prompt", false)]
    public void The_program_is_run_once_for_each_change_and_not_at_other_prompts(string shell, string program, string prompt, bool tellsStatus)
    {
        string status = tellsStatus ? "3\n" : "";
        Write("code", Shells.Find(shell)!.HookFor(Moved, folder["it's here/fairlead"]));
        string load = shell == "fish" ? $"source {folder["code"]}\n" : $". {folder["code"]}\n";
        string move = $"cp {folder["next"]} \"{Moved}\"\n";
        string say = $"echo \"${{SEEN-}}\" >>{folder["seen"]}\n".Replace("${SEEN-}", shell == "fish" ? "$SEEN" : "${SEEN-}", StringComparison.Ordinal);
        Write("next", "0002\n");
        Write("script", $"{load}{load}{prompt}\n{say}echo 0001 >\"{Moved}\"\n{prompt}\n{say}{prompt}\n{say}{move}{prompt}\n{say}{prompt}\n{say}");

        (int exitCode, string output) = Run($"{program} {folder["script"]}");

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Equal($"run:env {shell} run:env {shell} ", File.ReadAllText(folder["said"]));
        Assert.Equal("\n2\n2\n4\n4\n", File.ReadAllText(folder["seen"]));
        Assert.Equal(string.Concat(Enumerable.Repeat(status, 5)), tellsStatus ? File.ReadAllText(folder["status"]) : "");
    }

    [Fact]
    public void A_person_s_own_prompt_command_is_kept_and_the_hook_is_there_once()
    {
        Write("code", Shells.Find("bash")!.HookFor(Moved, folder["it's here/fairlead"]));
        Write("script", $"PROMPT_COMMAND='date; true'\n. {folder["code"]}\n. {folder["code"]}\necho \"$PROMPT_COMMAND\"\n");

        Assert.Equal((0, "__fairlead_refresh;date; true\n"), Run($"bash --norc -eu {folder["script"]}"));
    }

    [Fact]
    public void Of_several_prompt_commands_all_are_kept_wherever_the_hook_stands_among_them()
    {
        Write("code", Shells.Find("bash")!.HookFor(Moved, folder["it's here/fairlead"]));
        string load = $". {folder["code"]}\n";
        Write("script", $"PROMPT_COMMAND=(date true)\n{load}PROMPT_COMMAND=(id \"${{PROMPT_COMMAND[@]}}\")\n{load}printf '%s\\n' \"${{PROMPT_COMMAND[@]}}\"\n");

        Assert.Equal((0, "id\n__fairlead_refresh;date\ntrue\n"), Run($"bash --norc -eu {folder["script"]}"));
    }

    /// <summary>A status that is no failure, such as that of Ctrl-C, must not become one in the hook: the shell would end.</summary>
    [Fact]
    public void A_shell_with_errexit_lives_on()
    {
        Write("code", Shells.Find("bash")!.HookFor(Moved, folder["it's here/fairlead"]));
        Write("script", $". {folder["code"]}\nset -eu\n! true\neval \"$PROMPT_COMMAND\"\necho alive\n");

        Assert.Equal((0, "alive\n"), Run($"bash --norc {folder["script"]}"));
    }

    /// <summary>A program that is gone, or finds no login, leaves the variables as they are.</summary>
    [Theory]
    [InlineData("bash", "bash --norc -eu", "eval \"$PROMPT_COMMAND\"")]
    [InlineData("zsh", "zsh -f -eu", "for hook in $precmd_functions; do $hook; done")]
    [InlineData("fish", "fish --no-config", "emit fish_prompt")]
    public void Without_a_file_or_a_program_nothing_is_said_and_nothing_changes(string shell, string program, string prompt)
    {
        Write("code", Shells.Find(shell)!.HookFor(Moved, folder["gone/fairlead"]));
        string load = shell == "fish" ? "source" : ".";
        Write("script", $"{load} {folder["code"]}\n{prompt}\necho 0001 >\"{Moved}\"\n{prompt}\nrm \"{Moved}\"\n{prompt}\necho alive\n");

        Assert.Equal((0, "alive\n"), Run($"{program} {folder["script"]}"));
    }

    [Fact]
    public void Shellcheck_has_nothing_to_say()
    {
        Write("code", Shells.Find("bash")!.HookFor(Moved, folder["it's here/fairlead"]));

        Assert.Equal((0, ""), Run($"shellcheck --shell=bash {folder["code"]}"));
    }

    [Fact]
    public void Fish_would_format_it_the_same()
    {
        Write("code", Shells.Find("fish")!.HookFor(Moved, folder["it's here/fairlead"]));

        Assert.Equal((0, ""), Run($"fish_indent --check {folder["code"]}"));
    }

    private void Write(string name, string text) => File.WriteAllText(folder[name], text);

    private (int ExitCode, string Output) Run(string program)
    {
        string[] words = program.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = folder.Path;
        start.Environment["SAID"] = folder["status"];
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
