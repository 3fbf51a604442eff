using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

public sealed class DaemonStarterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("printf L >&3", nameof(StartOutcome.Listening))]
    [InlineData("printf A >&3", nameof(StartOutcome.AlreadyRunning))]
    [InlineData("eval \"printf L >&$FAIRLEAD_READY_FD\"", nameof(StartOutcome.Listening))]
    [InlineData("exit 1", nameof(StartOutcome.Failed))]
    [InlineData("printf x >&3", nameof(StartOutcome.Failed))]
    public void The_byte_that_a_started_program_writes_says_how_it_went(string script, string outcome) =>
        Assert.Equal(outcome, Start(script, Long).ToString());

    [Fact]
    public void A_program_that_says_nothing_is_late()
    {
        using var folder = new TempFolder();
        string fifo = folder["end"];
        Run("mkfifo", fifo);

        // It waits for its end to be written to the pipe, which happens once it was found to be late.
        Assert.Equal(StartOutcome.Late, Start($"read -r _ < {fifo}", TimeSpan.FromMilliseconds(1)));
        File.WriteAllText(fifo, "\n");
    }

    [Fact]
    public void A_program_that_does_not_exist_failed() =>
        Assert.Equal(StartOutcome.Failed, DaemonStarter.Start("/nowhere/fairlead", ["fairlead"], [], Long));

    [Fact]
    public void It_stands_in_the_root_folder_in_a_session_of_its_own_with_nothing_open()
    {
        using var folder = new TempFolder();
        string report = folder["report"];
        Start(
            $"exec > {report}; pwd; ps -o sid= -p $$ | tr -d ' '; echo $$; ls -m /proc/$$/fd; readlink /proc/$$/fd/0; printf L >&3",
            Long);

        string[] lines = File.ReadAllLines(report);
        Assert.Equal("/", lines[0]);
        Assert.Equal(lines[2], lines[1]);
        Assert.Equal(["0, 1, 2, 3", "/dev/null"], lines[3..]);
    }

    private static StartOutcome Start(string script, TimeSpan patience) =>
        DaemonStarter.Start("/bin/sh", ["sh", "-c", script], [$"PATH={Environment.GetEnvironmentVariable("PATH")}"], patience);

    private static void Run(string program, string argument)
    {
        using var process = System.Diagnostics.Process.Start(program, argument);
        process.WaitForExit();
    }
}
