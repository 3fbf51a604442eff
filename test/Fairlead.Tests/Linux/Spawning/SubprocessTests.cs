using System.Diagnostics;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Tests.Linux.Spawning;

public sealed class SubprocessTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_a_program_writes_is_read()
        => Assert.Equal("hello\n", Encoding.ASCII.GetString(Shell("echo hello; echo unseen >&2", Generous)!));

    [Fact]
    public void It_gets_nothing_of_ours()
    {
        string[] environment = Encoding.ASCII.GetString(Shell("env; pwd; ls /proc/$$/fd; cat", Generous)!).Split('\n');
        Assert.Equal(["0", "1", "2", "HOME", "LC_ALL", "PATH", "/"], environment.Select(line => line.Split('=')[0]).Except(["", "PWD", "OLDPWD", "SHLVL", "_"]).OrderBy(
            line => line == "/" ? "~" : line, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("kill -TERM $$")]
    [InlineData("yes")]
    public void A_failure_is_no_answer(string script) => Assert.Null(Shell(script, Generous));

    [Fact]
    public void A_program_that_is_not_there_is_no_answer() => Assert.Null(Subprocess.Run("/no/such/program", ["program"], Generous));

    [Theory]
    [InlineData("exec sleep 1000")]
    [InlineData("exec >&-; exec sleep 1000")]
    public void One_that_hangs_costs_its_deadline(string script)
    {
        var watch = Stopwatch.StartNew();
        Assert.Null(Shell(script, TimeSpan.FromMilliseconds(50)));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(50), Generous);
    }

    /// <summary>As tmux hands its output to its server.</summary>
    [Fact]
    public void A_pipe_that_somebody_else_holds_on_to_does_not_matter()
    {
        string said = Encoding.ASCII.GetString(Shell("sleep 1000 & echo $!", Generous)!);
        Assert.Equal(0, LibC.kill(int.Parse(said), LibC.SIGKILL));
    }

    private static byte[]? Shell(string script, TimeSpan deadline) => Subprocess.Run("/bin/sh", ["sh", "-c", script], deadline);
}
