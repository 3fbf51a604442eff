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

    public static TheoryData<string, string, string> Shells()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string path in Paths)
        {
            data.Add("bash", "bash --norc -eu", path);
            data.Add("zsh", "zsh -f -eu", path);
            data.Add("sh", "dash -eu", path);
            data.Add("sh", "bash --posix -eu", path);
            data.Add("fish", "fish --no-config", path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Its_code_sets_the_path_silently_also_when_it_is_run_twice(string shell, string program, string path)
    {
        File.WriteAllText(folder["code"], ShellKind.Find(shell)!.CodeFor(path));
        string evaluate = shell == "fish" ? $"cat {folder["code"]} | source" : $"eval \"$(cat {folder["code"]})\"";
        string show = $"printenv SSH_AUTH_SOCK > {folder["value"]}";
        (int exitCode, string output) = Run(program, $"{evaluate}\n{evaluate}\n{show}\n");

        Assert.Equal((0, ""), (exitCode, output));
        Assert.Equal(path + "\n", File.ReadAllText(folder["value"]));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("sh")]
    public void Shellcheck_has_nothing_to_say(string shell)
    {
        File.WriteAllText(folder["code"], ShellKind.Find(shell)!.CodeFor(Paths[1]));
        (int exitCode, string output) = Run($"shellcheck --enable=all --shell={shell} {folder["code"]}", "");

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Fact]
    public void Fish_would_format_its_code_the_same()
    {
        File.WriteAllText(folder["code"], ShellKind.Find("fish")!.CodeFor(Paths[1]));

        Assert.Equal((0, ""), Run($"fish_indent --check {folder["code"]}", ""));
    }

    [Fact]
    public void Every_shell_s_code_ends_with_its_own_line_for_the_rc_file() =>
        Assert.All(ShellKind.All, shell =>
        {
            string[] lines = shell.CodeFor("/x").TrimEnd('\n').Split('\n');
            Assert.Contains("SSH_AUTH_SOCK", lines[0]);
            Assert.All(lines[1..], line => Assert.StartsWith("#", line));
            Assert.Contains($"fairlead init {shell.Name}", lines[^1]);
        });

    [Fact]
    public void An_unquoted_eval_works_as_well()
    {
        File.WriteAllText(folder["code"], ShellKind.Find("sh")!.CodeFor(Paths[0]));

        Assert.Equal((0, Paths[0] + "\n"), Run("dash -eu", $"eval $(cat {folder["code"]})\nprintenv SSH_AUTH_SOCK\n"));
    }

    public void Dispose() => folder.Dispose();

    private (int ExitCode, string Output) Run(string program, string script)
    {
        string[] words = program.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = folder.Path;
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
