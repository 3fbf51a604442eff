using System.Diagnostics;
using Fairlead.Setup;
using Fairlead.Shell;

namespace Fairlead.Tests.Setup;

/// <summary>The lines that setup writes, read by the shells themselves.</summary>
public sealed class RcLineTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string home;

    public RcLineTests() => home = folder.Make("it's my home");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bash", "bash", ".bashrc", "bash --norc -eu")]
    [InlineData("zsh", "zsh", ".zshrc", "zsh -f -eu")]
    [InlineData("fish", "fish", ".config/fish/conf.d/fairlead.fish", "fish --no-config")]
    [InlineData("dash", "sh", ".profile", "dash -eu")]
    [InlineData("ksh93", "sh", ".profile", "ksh93 -eu")]
    [InlineData("ksh93", "ksh", ".kshrc", "ksh93 -eu")]
    [InlineData("tcsh", "tcsh", ".tcshrc", "tcsh -f -e")]
    [InlineData("elvish", "elvish", ".config/elvish/rc.elv", "elvish -norc")]
    [InlineData("xonsh", "xonsh", ".xonshrc", "xonsh --no-rc -DRAISE_SUBPROC_ERROR=True")]
    public void It_works_in_the_shell_and_leaves_it_alone_without_the_program(string loginShell, string kind, string rcFile, string program)
    {
        string tools = SetUp(loginShell);
        string code = Shells.Find(kind)!.CodeFor("/home/al/stable.sock");
        File.WriteAllText(folder["rc"], File.ReadAllText(Path.Join(home, rcFile)) + "printenv SSH_AUTH_SOCK\n");
        string[] words = [.. program.Split(' '), folder["rc"]];

        WriteProgram(tools, $"[ \"$*\" = 'init {kind}' ] && cat <<'end'\n{code}end\n");
        Assert.Equal("/home/al/stable.sock\n", Run(words));
        WriteProgram(tools, ""); // where the shell is left as it was, it prints nothing
        Assert.Equal("/home/al/before.sock\n", Run(words));
        File.Delete(tools);
        Assert.Equal("/home/al/before.sock\n", Run(words));
    }

    [Theory]
    [InlineData("bash", ".bashrc", "bash --norc -eu")]
    [InlineData("zsh", ".zshrc", "zsh -f -eu")]
    [InlineData("fish", ".config/fish/conf.d/fairlead.fish", "fish --no-config")]
    [InlineData("dash", ".profile", "dash -eu")]
    [InlineData("ksh93", ".kshrc", "ksh93 -eu")]
    [InlineData("tcsh", ".tcshrc", "tcsh -f -e")]
    [InlineData("elvish", ".config/elvish/rc.elv", "elvish -norc")]
    [InlineData("xonsh", ".xonshrc", "xonsh --no-rc -DRAISE_SUBPROC_ERROR=True")]
    public void The_folder_of_the_program_is_in_the_PATH_once(string loginShell, string rcFile, string program)
    {
        string tools = Path.GetDirectoryName(SetUp(loginShell))!;
        string rc = File.ReadAllText(Path.Join(home, rcFile));
        File.WriteAllText(folder["rc"], $"{rc}{rc}printenv PATH\n");

        Assert.Equal($"{Environment.GetEnvironmentVariable("PATH")}:{tools}\n", Run([.. program.Split(' '), folder["rc"]]));
    }

    /// <summary>These two are not there to be run.</summary>
    [Theory]
    [InlineData("nu", ".config/nushell/config.nu", "^\"{0}\" init nu | from nuon")]
    [InlineData("pwsh", ".config/powershell/Microsoft.PowerShell_profile.ps1", "(Test-Path -LiteralPath '{1}') {{ & '{1}' init pwsh | Out-String")]
    public void Other_shells_get_it_where_they_look_for_it(string loginShell, string rcFile, string command)
    {
        string tools = SetUp(loginShell);

        Assert.Contains(
            string.Format(null, command, tools, tools.Replace("'", "''", StringComparison.Ordinal)), File.ReadAllText(Path.Join(home, rcFile)), StringComparison.Ordinal);
    }

    /// <returns>Where fairlead is to be.</returns>
    private string SetUp(string loginShell)
    {
        string program = Path.Join(folder.Make("it's my home/tools"), "fairlead");
        SetupFacts facts = new SetupFactsReader(home, name => name == "SHELL" ? $"/bin/{loginShell}" : null, new UserSystemd(_ => false)).Read(program);
        Assert.Empty(new SetupWork(new UserSystemd(_ => false), null, () => 0, "").Do(SetupPlanner.Plan(facts, withSystemd: false).Plan!));
        return program;
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{script}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Run(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, WorkingDirectory = home };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home;
        start.Environment["SSH_AUTH_SOCK"] = "/home/al/before.sock";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
