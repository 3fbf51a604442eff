using System.Diagnostics;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

/// <summary>The lines that doctor tells a person to type, typed into the real shells.</summary>
public sealed class ShellLinesTests : IDisposable
{
    private readonly TempFolder home = new();

    public ShellLinesTests()
    {
        string program = home["fairlead"];
        File.WriteAllText(program, """
            #!/bin/sh
            case "$1 $2" in
              'path ') echo /home/al/path.sock ;;
              'init fish') echo "set -gx SSH_AUTH_SOCK '/home/al/init.sock'" ;;
              'init tcsh') echo "setenv SSH_AUTH_SOCK '/home/al/init.sock'" ;;
              'init elvish') echo "set-env SSH_AUTH_SOCK '/home/al/init.sock'" ;;
              'init xonsh') echo "\$SSH_AUTH_SOCK = '/home/al/init.sock'" ;;
              *) echo "export SSH_AUTH_SOCK='/home/al/init.sock'" ;;
            esac
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("bash", "bash --norc")]
    [InlineData("zsh", "zsh -f")]
    [InlineData("fish", "fish --no-config")]
    [InlineData("sh", "dash")]
    [InlineData("ksh", "ksh93")]
    [InlineData("tcsh", "tcsh -f")]
    [InlineData("elvish", "elvish -norc")]
    [InlineData("xonsh", "xonsh --no-rc")]
    public void They_do_in_the_shell_what_they_are_to_do(string shell, string program)
    {
        var lines = new ShellLines(Shells.Find(shell)!, home["fairlead"]);
        Assert.Equal("/home/al/init.sock\n", Run(program, lines.Repair));
        Assert.Equal("/home/al/init.sock\n", Run(program, lines.RcLine));
        Assert.Equal("/home/al/path.sock\n", Run(program, lines.Export));
    }

    [Theory]
    [InlineData("bash", "bash --norc")]
    [InlineData("fish", "fish --no-config")]
    [InlineData("tcsh", "tcsh -f")]
    [InlineData("elvish", "elvish -norc")]
    [InlineData("xonsh", "xonsh --no-rc")]
    public void The_line_for_the_rc_file_comes_to_stand_at_its_top(string shell, string program)
    {
        var lines = new ShellLines(Shells.Find(shell)!, home["fairlead"]);
        Run(program, lines.AddTo(new RcFile(home["rc"], IsEmpty: true, [])));
        Assert.Equal(lines.RcLine + "\n", File.ReadAllText(home["rc"]));

        File.WriteAllText(home["rc"], "mine\n");
        Run(program, lines.AddTo(new RcFile(home["rc"], IsEmpty: false, [])));
        Assert.Equal(lines.RcLine + "\nmine\n", File.ReadAllText(home["rc"]));
    }

    /// <summary>A program that fails is no reason to leave the rest of the file unread; and the variables are those of the shell, not of its process.</summary>
    [Theory]
    [InlineData("#!/bin/sh\necho \"\\$SSH_AUTH_SOCK = '$SSH_AUTH_SOCK once more'\"\n", "/home/al/set.sock once more\n")]
    [InlineData("#!/bin/sh\nexit 3\n", "/home/al/set.sock\n")]
    [InlineData("#!/bin/sh\n", "/home/al/set.sock\n")]
    public void Xonsh_takes_what_the_program_prints_and_nothing_else(string script, string agent)
    {
        File.WriteAllText(home["fairlead"], script);
        string line = $"$SSH_AUTH_SOCK = '/home/al/set.sock'\n{new ShellLines(Shells.Find("xonsh")!, home["fairlead"]).RcLine}";

        Assert.Equal(agent, Run("xonsh --no-rc -DRAISE_SUBPROC_ERROR=True", line));
    }

    [Fact]
    public void The_page_about_shells_has_the_same_lines()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/shells.md"));

        Assert.All(Shells.All.Where(shell => shell.Name is not ("zsh" or "sh" or "ksh")), shell => // "the same with ..."
            Assert.Contains(new ShellLines(shell, "~/.local/bin/fairlead").RcLine.Replace("|", @"\|", StringComparison.Ordinal), page, StringComparison.Ordinal));
    }

    private string Run(string program, string line)
    {
        File.WriteAllText(home["script"], $"{line}\nprintenv SSH_AUTH_SOCK\n");
        string[] words = [.. program.Split(' '), home["script"]];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true };
        start.Environment["HOME"] = home.Path;
        start.Environment["SSH_AUTH_SOCK"] = "/home/al/before.sock";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
