using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Client;

public sealed class DaemonFailureTests
{
    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    [Theory]
    [InlineData(nameof(ControlOutcome.NotReachable), "the daemon is not running", "fairlead start")]
    [InlineData(nameof(ControlOutcome.NoAnswer), "the daemon does not answer", "fairlead start")]
    [InlineData(nameof(ControlOutcome.NotUnderstood), "the daemon is of another version", "fairlead restart")]
    public void A_daemon_that_gives_no_answer_is_exit_code_3_and_a_line_to_type(string outcome, string message, string hint) =>
        Assert.Equal(
            new Failure(ExitCode.DaemonNotReachable, message, hint),
            DaemonFailure.Of(Enum.Parse<ControlOutcome>(outcome), DaemonLocations.Find(Al, "/run/al/a.sock", LocationSource.CommandLine).States[0]));

    /// <summary>It would not answer 'fairlead stop', either.</summary>
    [Fact]
    public void A_daemon_that_hangs_is_to_be_killed_by_its_pid()
    {
        using var folder = new TempFolder();
        StateLocation location = DaemonLocations.Find(Al, folder["a.sock"], LocationSource.CommandLine).States[0];
        Assert.Equal(0, FileLock.TryTake(location.Lock, out FileLock? held));
        using (held)
        {
            Assert.Equal($"kill -KILL {CurrentProcess.Pid}; fairlead start", DaemonFailure.Of(ControlOutcome.NoAnswer, location).Hint);
            Assert.Equal("kill -KILL 4711; fairlead start", DaemonFailure.Of(ControlOutcome.NoAnswer, location, pid: 4711).Hint);
        }
    }

    [Fact]
    public void Another_user_at_the_control_socket_is_named_with_its_path() =>
        Assert.Equal(
            "another user listens at /run/al/a.ctl",
            DaemonFailure.Of(ControlOutcome.NotOurs, DaemonLocations.Find(Al, "/run/al/a.sock", LocationSource.CommandLine).States[0]).Message);

    [Fact]
    public void A_daemon_older_than_the_command_is_to_be_restarted() =>
        Assert.Equal(
            "fairlead: the daemon is older than this program, and does not know this request\nhint: fairlead restart\n",
            DaemonFailure.Of(ControlReply.UnknownRequest).ToString());

    [Fact]
    public void In_another_user_s_home_the_home_is_what_is_wrong() =>
        Assert.Equal("HOME belongs to another user", DaemonFailure.NoPlace(DaemonLocations.Find(Al with { Home = "/" }), ExitCode.Failed).Message);

    [Fact]
    public void A_failure_is_two_lines_of_which_the_second_says_what_to_type() =>
        Assert.Equal("fairlead: it broke\nhint: mend it\n", new Failure(ExitCode.Failed, "it broke", "mend it").ToString());
}
