using System.Diagnostics;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Tests.Linux.Spawning;

public sealed class SubprocessTests
{
    [Fact]
    public void What_a_program_writes_is_read()
        => Assert.Equal("hello\n", Encoding.ASCII.GetString(Shell("echo hello; echo unseen >&2", Deadline.Length)!));

    [Fact]
    public void It_gets_nothing_of_ours()
    {
        string[] environment = Encoding.ASCII.GetString(Shell("env; pwd; ls /proc/$$/fd; cat", Deadline.Length)!).Split('\n');
        Assert.Equal(["0", "1", "2", "HOME", "LC_ALL", "PATH", "/"], environment.Select(line => line.Split('=')[0]).Except(["", "PWD", "OLDPWD", "SHLVL", "_"]).OrderBy(
            line => line == "/" ? "~" : line, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("kill -TERM $$")]
    [InlineData("yes")]
    public void A_failure_is_no_answer(string script) => Assert.Null(Shell(script, Deadline.Length));

    [Fact]
    public void A_program_that_is_not_there_is_no_answer() => Assert.Null(Subprocess.Run("/no/such/program", ["program"], Deadline.Length));

    [Theory]
    [InlineData("exec sleep 1000")]
    [InlineData("exec >&-; exec sleep 1000")]
    public async Task One_that_hangs_costs_its_deadline(string script)
    {
        var deadline = TimeSpan.FromMilliseconds(50);
        var watch = Stopwatch.StartNew();
        Assert.Null(await Task.Run(() => Shell(script, deadline)).InTime());
        Assert.True(watch.Elapsed >= deadline, $"it was ended after {watch.Elapsed}");
    }

    /// <summary>As tmux hands its output to its server.</summary>
    [Fact]
    public void A_pipe_that_somebody_else_holds_on_to_does_not_matter()
    {
        string said = Encoding.ASCII.GetString(Shell("sleep 1000 & echo $!", Deadline.Length)!);
        Assert.Equal(0, LibC.kill(int.Parse(said), LibC.SIGKILL));
    }

    private static byte[]? Shell(string script, TimeSpan deadline) => Subprocess.Run("/bin/sh", ["sh", "-c", script], deadline);
}
