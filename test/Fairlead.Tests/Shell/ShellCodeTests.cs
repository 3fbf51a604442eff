using System.Diagnostics;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

/// <summary>Each shell's code, run in the shell itself.</summary>
public sealed class ShellCodeTests : IDisposable
{
    private static readonly string[] Paths =
    [
        "/home/al/.ssh/fairlead/gateway.sock",
        "/home/al o'neill/.ssh/it's \"here\"/gateway.sock",
        @"/home/back\slash\'quote/$HOME/`id`/a;b|c&d*?[x]{y}~!#.sock",
        "/home/line\nfeed/gateway.sock",
        "/home/grüße/gateway.sock",
        "-n",
    ];

    private readonly TempFolder folder = new();

    public static TheoryData<string, string, string> Runs()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string path in Paths)
        {
            data.Add("bash", "bash --norc -eu", path);
            data.Add("zsh", "zsh -f -eu", path);
            data.Add("sh", "dash -eu", path);
            data.Add("sh", "bash --posix -eu", path);
            data.Add("fish", "fish --no-config", path);
            data.Add("ksh", "ksh93 -eu", path);
            data.Add("tcsh", "tcsh -f -e", path);
            data.Add("elvish", "elvish -norc", path);
            data.Add("xonsh", "xonsh --no-rc -DRAISE_SUBPROC_ERROR=True", path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Its_code_sets_the_path_silently_also_when_it_is_run_twice(string shell, string program, string path)
    {
        File.WriteAllText(folder["code"], Shells.Find(shell)!.CodeFor(path));
        string evaluate = Evaluate(shell, folder["code"]);
        string show = $"printenv SSH_AUTH_SOCK > {folder["value"]}";
        (int exitCode, string output) = RunScript(program, $"{evaluate}\n{evaluate}\n{show}\n");

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Equal(path + "\n", File.ReadAllText(folder["value"]));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Variables_get_their_values_and_those_without_one_are_gone(string shell, string program, string value)
    {
        (string, string?)[] before = [("GONE", "x")];
        (string, string?)[] after = [("VALUE", value), ("GONE", null), ("NEVER_THERE", null)];
        File.WriteAllText(folder["before"], Shells.Find(shell)!.CodeFor(before));
        File.WriteAllText(folder["after"], Shells.Find(shell)!.CodeFor(after));
        (int exitCode, string output) = RunScript(
            program, $"{Evaluate(shell, folder["before"])}\n{Evaluate(shell, folder["after"])}\nenv -0 > {folder["value"]}\n");

        Assert.Equal((0, ""), (exitCode, output));
        string[] entries = File.ReadAllText(folder["value"]).Split('\0');
        Assert.Contains($"VALUE={value}", entries);
        Assert.DoesNotContain(entries, entry => entry.StartsWith("GONE=", StringComparison.Ordinal) || entry.StartsWith("NEVER", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("sh")]
    [InlineData("ksh")]
    public void Shellcheck_has_nothing_to_say(string shell)
    {
        File.WriteAllText(folder["code"], Shells.Find(shell)!.CodeFor(Paths[1]));
        (int exitCode, string output) = Run($"shellcheck --enable=all --shell={shell} {folder["code"]}");

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Fact]
    public void Fish_would_format_its_code_the_same()
    {
        File.WriteAllText(folder["code"], Shells.Find("fish")!.CodeFor(Paths[1]));

        Assert.Equal((0, ""), Run($"fish_indent --check {folder["code"]}"));
    }

    [Fact]
    public void Every_shell_is_run_here_and_every_prompt_hook_has_its_file()
    {
        string[] files = typeof(Shells).Assembly.GetManifestResourceNames();
        string[] cannotRun = ["nu", "pwsh"];

        Assert.Equal(Names(Shells.All.Where(shell => shell.HasPromptHook)), EndingsOf("refresh."));
        Assert.Equal(Names(Shells.All), Runs().Select(row => row.Data.Item1).Distinct().Concat(cannotRun).Order());

        IEnumerable<string> EndingsOf(string start) => files.Where(file => file.StartsWith(start, StringComparison.Ordinal)).Select(file => file[start.Length..]).Order();

        static IEnumerable<string> Names(IEnumerable<ShellKind> shells) => shells.Select(shell => shell.Name).Order();
    }

    [Fact]
    public void Every_shell_s_code_ends_with_its_own_line_for_the_rc_file() =>
        Assert.All(Shells.All, shell =>
        {
            string[] lines = shell.CodeFor("/x").TrimEnd('\n').Split('\n');
            Assert.Contains("SSH_AUTH_SOCK", lines[0]);
            Assert.All(lines[1..], line => Assert.StartsWith(shell.Name == "tcsh" ? ": " : "#", line));
            Assert.Contains(new ShellLines(shell, "~/.local/bin/fairlead").RcLine, lines[^1]);
        });

    [Fact]
    public void An_unquoted_eval_works_as_well()
    {
        File.WriteAllText(folder["code"], Shells.Find("sh")!.CodeFor(Paths[0]));

        Assert.Equal((0, Paths[0] + "\n"), RunScript("dash -eu", $"eval $(cat {folder["code"]})\nprintenv SSH_AUTH_SOCK\n"));
    }

    /// <summary>How the rc line has it. Between backquotes a line feed parts words, so no path with one can come that way.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Tcsh_takes_it_between_backquotes_as_well(int path)
    {
        File.WriteAllText(folder["code"], Shells.Find("tcsh")!.CodeFor(Paths[path]));
        string evaluate = $"eval \"`cat {folder["code"]}`\"";

        Assert.Equal((0, Paths[path] + "\n"), RunScript("tcsh -f -e", $"set backslash_quote\n{evaluate}\nunset backslash_quote\n{evaluate}\nprintenv SSH_AUTH_SOCK\n"));
    }

    /// <summary>The two that are not run here.</summary>
    [Theory]
    [InlineData("nu", "it's \"here\"\\", """{SSH_AUTH_SOCK: "it's \"here\"\\"}""")]
    [InlineData("pwsh", "it's ‘here’ $HOME", "$env:SSH_AUTH_SOCK = 'it''s ‘‘here’’ $HOME'")]
    public void What_is_special_between_their_quotes_is_escaped(string shell, string path, string line) =>
        Assert.Equal(line, Shells.Find(shell)!.CodeFor(path).Split('\n')[0]);

    [Fact]
    public void In_fish_it_is_no_failure_that_a_variable_was_never_there()
    {
        (string, string?)[] variables = [("NEVER_THERE", null)];
        File.WriteAllText(folder["code"], Shells.Find("fish")!.CodeFor(variables));

        Assert.Equal((0, ""), RunScript("fish --no-config", $"{Evaluate("fish", folder["code"])}\nexit $status\n"));
    }

    [Theory]
    [InlineData("nu", "{\nVALUE: \"it's \\\"here\\\"\"\nGONE: null\n}\n")]
    [InlineData("pwsh", "$env:VALUE = 'it''s \"here\"'\n$env:GONE = $null\n")]
    public void So_it_is_in_variables(string shell, string code)
    {
        (string, string?)[] variables = [("VALUE", "it's \"here\""), ("GONE", null)];

        Assert.Equal(code, Shells.Find(shell)!.CodeFor(variables));
    }

    public void Dispose() => folder.Dispose();

    private static string Evaluate(string shell, string file) => shell switch
    {
        "fish" => $"cat {file} | source",
        "tcsh" => $"source {file}",
        "elvish" => $"eval (cat {file} | slurp)",
        "xonsh" => $"execx(open('{file}').read())",
        _ => $"eval \"$(cat {file})\"",
    };

    private (int ExitCode, string Output) RunScript(string program, string script)
    {
        File.WriteAllText(folder["script"], script);
        return Run($"{program} {folder["script"]}");
    }

    private (int ExitCode, string Output) Run(string program)
    {
        string[] words = program.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = folder.Path;
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
