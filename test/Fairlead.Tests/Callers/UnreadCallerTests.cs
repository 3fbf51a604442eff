using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Callers;

/// <summary>Callers of whom not everything can be read: what is missing is told from what is not there.</summary>
public sealed class UnreadCallerTests
{
    [Fact]
    public void All_is_known_of_a_process_that_runs()
    {
        using Puppet process = Start();
        Caller caller = CallerReader.WithProgram(CallerReader.WithEnvironments(CallerReader.Read(process.Pid, BootClock.Ticks)));
        Assert.Equal(CallerFacts.Attachments | CallerFacts.Session, caller.Unread); // nobody has looked for a multiplexer
        Assert.Empty(caller.Environments);
    }

    [Fact]
    public void One_that_ended_before_it_was_looked_at_is_not_known_at_all()
    {
        int pid;
        using (Puppet process = Start())
        {
            pid = process.Pid;
        }

        Caller caller = CallerReader.WithProgram(CallerReader.WithEnvironments(CallerReader.Read(pid, BootClock.Ticks)));
        Assert.Empty(caller.Ancestors);
        Assert.Equal(CallerFacts.All, caller.Unread);
    }

    [Fact]
    public void One_that_ended_meanwhile_has_ancestors_and_no_environment()
    {
        Caller caller;
        using (Puppet process = Start())
        {
            caller = CallerReader.Read(process.Pid, BootClock.Ticks);
        }

        caller = CallerReader.WithProgram(CallerReader.WithEnvironments(caller));
        Assert.Equal(CallerFacts.All & ~CallerFacts.Ancestors, caller.Unread);
        Assert.Null(MultiplexerSearch.NamedBy(caller.Pid));
    }

    /// <summary>Its environment reads as empty, as that of "env -i" does.</summary>
    [Fact]
    public void One_that_ended_and_was_not_waited_for_does_not_pass_for_one_without_variables()
    {
        const string Parent = """
            use POSIX ();
            my $ends = POSIX::SigSet->new(POSIX::SIGCHLD());
            POSIX::sigprocmask(POSIX::SIG_BLOCK(), $ends);
            my $child = fork;
            POSIX::_exit(0) if !$child;
            $SIG{CHLD} = sub { print "$child\n" };
            POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), $ends);
            <STDIN>;
            """;
        using var parent = Puppet.Start(Parent, [], []);
        int zombie = int.Parse(parent.Hear()!);
        Caller caller = CallerReader.WithEnvironments(CallerReader.Read(zombie, BootClock.Ticks));
        Assert.Equal(zombie, caller.Ancestors[0]);
        Assert.True(caller.Unread.HasFlag(CallerFacts.Environment));
    }

    [Fact]
    public void One_whose_pid_is_another_s_now_is_not_known_at_all()
    {
        using Puppet process = Start();
        Assert.Equal(CallerFacts.All, CallerReader.WithEnvironments(CallerReader.Read(process.Pid, acceptedAt: 0)).Unread);
    }

    [Fact]
    public void This_process_is_in_the_namespace_that_proc_shows()
    {
        Assert.True(ProcessFolder.IsOurs);
        Assert.False(ProcessFolder.IsInAnotherNamespace(CurrentProcess.Pid));
        Assert.True(ProcessFolder.IsInAnotherNamespace(0));
    }

    [Fact]
    public void A_multiplexer_that_is_gone_does_not_pass_for_one_that_is_shown_nowhere()
    {
        int pid;
        using (Puppet process = Start())
        {
            pid = process.Pid;
        }

        var gone = new MultiplexerServer(new ProcessIdentity(pid, 1), Screen.Instance, pid);
        Assert.False(new MultiplexerReader(TimeProvider.System).Read(gone, LoginPids.None).IsKnown);
    }

    private static Puppet Start()
    {
        var puppet = Puppet.Start("print \"up\\n\"; <STDIN>", [], []);
        Assert.Equal("up", puppet.Hear());
        return puppet;
    }
}
