using System.Diagnostics;
using Fairlead.Deploy;

namespace Fairlead.Tests.Deploy;

/// <summary>The script that runs on the other host, as it is sent.</summary>
public sealed class RemoteScriptTests
{
    private static readonly string Source = File.ReadAllText(Repository.PathOf("packaging/deploy/remote.sh"));

    [Fact]
    public void It_is_one_line() => Assert.DoesNotContain(RemoteScript.Line, c => c is '\n' or '\r');

    [Fact]
    public void A_line_of_it_ends_where_a_blank_is_as_good_as_the_end_of_a_line() => Assert.Empty(
        from line in Source.Split('\n').Select(line => line.Trim())
        where line.Length > 0 && !line.StartsWith('#')
        where !line.EndsWith(';') && !new[] { "then", "do", "else", "in", "{", ")", "&" }.Any(end => line.EndsWith(end, StringComparison.Ordinal))
        select line);

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("ksh")]
    [InlineData("busybox", "sh")]
    public void Every_shell_understands_it(params string[] shell)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["line"], RemoteScript.Line + "\n");

        Assert.Equal((0, ""), Run([.. shell, "-n", folder["line"]]));
    }

    /// <summary>bash prints a program as it has understood it, whatever its lines are.</summary>
    [Fact]
    public void It_is_the_same_program_as_its_source()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["source"], $"all() {{\n{Source}\n}}\ndeclare -f all\n");
        File.WriteAllText(folder["line"], $"all() {{\n{RemoteScript.Line}\n}}\ndeclare -f all\n");

        Assert.Equal(Run(["bash", folder["source"]]), Run(["bash", folder["line"]]));
    }

    [Fact]
    public void The_script_for_one_host_joins_it_to_the_same_line()
    {
        string join = File.ReadLines(Repository.PathOf("packaging/deploy/deploy")).Single(line => line.Contains("| tr '\\n' ' '", StringComparison.Ordinal));

        (int status, string line) = Run(["sh", "-c", $"here={Repository.PathOf("packaging/deploy")}; {join}"]);

        Assert.Equal((0, RemoteScript.Line), (status, line.Trim()));
    }

    [Theory]
    [InlineData("remote.sh")]
    [InlineData("deploy")]
    public void Shellcheck_has_nothing_to_say(string name) =>
        Assert.Equal((0, ""), Run(["shellcheck", Repository.PathOf($"packaging/deploy/{name}")]));

    /// <summary>Any login shell takes the command by the letter.</summary>
    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("ksh")]
    [InlineData("zsh")]
    [InlineData("tcsh")]
    [InlineData("fish")]
    [InlineData("elvish")]
    [InlineData("xonsh")]
    public void What_follows_the_line_is_left_for_the_script(string shell)
    {
        (int status, string said) = Run([shell, "-c", RemoteScript.Command], "cat\n12345");

        Assert.Equal((0, "12345"), (status, said));
    }

    private static (int Status, string Said) Run(string[] words, string input = "")
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
