using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Callers;

/// <summary>CallerReader and LoginReader on real processes.</summary>
public sealed class ProcessTreeTests
{
    /// <summary>
    /// A chain of processes, each with the title that an argument names; the last says all their pids. A screen server has no terminal,
    /// whatever the test run has.
    /// </summary>
    private const string Chain = """
        use POSIX ();
        my @pids;
        while (1) {
            $0 = shift @ARGV;
            POSIX::setsid() if $0 eq 'screen';
            push @pids, $$;
            last unless @ARGV;
            my $child = fork;
            if ($child) { waitpid $child, 0; exit }
        }
        print "@pids\n";
        <STDIN>;
        """;

    [Fact]
    public void The_ancestors_of_this_process_begin_with_itself()
    {
        Caller caller = CallerReader.Read(CurrentProcess.Pid, BootClock.Ticks);
        Assert.Equal(CurrentProcess.Pid, caller.Pid);
        Assert.True(ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat stat));
        Assert.Equal([CurrentProcess.Pid, stat.Parent], caller.Ancestors.Take(2));
        Assert.DoesNotContain(1, caller.Ancestors);
    }

    [Fact]
    public void A_caller_descends_from_its_login()
    {
        using var chain = Puppet.Start(Chain, ["sshd: al@pts/7", "-bash", "ssh web01"], []);
        int[] pids = [.. chain.Hear()!.Split(' ').Select(int.Parse)];
        Caller caller = CallerReader.Read(pids[2], BootClock.Ticks);
        Assert.Equal([pids[2], pids[1], pids[0], CurrentProcess.Pid], caller.Ancestors.Take(4));
    }

    [Theory]
    [InlineData("tmux: server")]
    [InlineData("screen")]
    public void The_climb_ends_below_a_multiplexer(string server)
    {
        using var chain = Puppet.Start(Chain, ["sshd: al@pts/7", server, "-bash", "ssh web01"], []);
        int[] pids = [.. chain.Hear()!.Split(' ').Select(int.Parse)];
        Caller caller = CallerReader.Read(pids[3], BootClock.Ticks);
        Assert.Equal([pids[3], pids[2]], caller.Ancestors);
    }

    [Fact]
    public void A_pid_that_was_used_again_is_unknown()
    {
        using var process = Puppet.Start("print \"up\\n\"; <STDIN>", [], []);
        Assert.Equal("up", process.Hear());
        Assert.True(ProcessStat.TryRead(process.Pid, out ProcessStat stat));
        Assert.Empty(CallerReader.Read(process.Pid, stat.Started - 1).Ancestors);
        Assert.NotEmpty(CallerReader.Read(process.Pid, stat.Started).Ancestors);
    }

    [Theory]
    [InlineData(0)] // another pid namespace
    [InlineData(int.MaxValue)]
    public void A_process_that_is_not_there_is_unknown(int pid) => Assert.Empty(CallerReader.Read(pid, BootClock.Ticks).Ancestors);

    [Fact]
    public void The_client_address_comes_from_the_callers_environment()
    {
        using var process = Puppet.Start("print \"up\\n\"; <STDIN>", [], [], environment: ["SSH_CONNECTION=192.0.2.7 1234 192.0.2.1 22"]);
        Assert.Equal("up", process.Hear());
        Assert.Equal("192.0.2.7", CallerReader.WithEnvironments(CallerReader.Read(process.Pid, BootClock.Ticks)).ClientAddress);
    }

    [Fact]
    public void The_environment_of_a_process_that_only_has_the_pid_says_nothing()
    {
        using var process = Puppet.Start("print \"up\\n\"; <STDIN>", [], [], environment: ["SSH_CONNECTION=192.0.2.7 1234 192.0.2.1 22"]);
        Assert.Equal("up", process.Hear());
        Assert.Null(CallerReader.WithEnvironments(CallerReader.Read(process.Pid, acceptedAt: 0)).ClientAddress);
    }

    [Fact]
    public void A_login_is_read_from_its_title_and_from_a_child()
    {
        // A new title overwrites the environment that its process shows, as sshd's does: the child is another program.
        const string Session = """
            my $child = fork;
            exec $^X, '-e', '$| = 1; print "shell\n"; <STDIN>' if !$child;
            $0 = $ARGV[0];
            print "session\n";
            waitpid $child, 0;
            """;
        using var puppet = Puppet.Start(
            Session, ["sshd-session: al@null,no/such/tty"], [], environment: ["SSH_CONNECTION=2001:db8::7 1234 2001:db8::1 22"]);
        Assert.Equal(["session", "shell"], new[] { puppet.Hear(), puppet.Hear() }.Order());
        int session = puppet.Pid;
        Login login = new LoginReader().Read(session);
        Assert.Equal((session, "al", "2001:db8::7"), (login.Pid, login.User, login.ClientAddress));
        Assert.Equal(["null", "no/such/tty"], login.Terminals.Select(terminal => terminal.Device));
        Assert.Equal([true, false], login.Terminals.Select(terminal => terminal.LastTyped is not null)); // /dev/null has an access time, too
        Assert.Equal(login.Terminals[0].LastTyped, login.LastTyped);
    }

    [Fact]
    public void A_child_of_a_server_tells_whose_login_it_begins_and_where_that_comes_from()
    {
        using var shell = Puppet.Start("print \"up\\n\"; <STDIN>", [], [], environment: ["USER=al", "SSH_CONNECTION=192.0.2.7 1234 192.0.2.1 22"]);
        Assert.Equal("up", shell.Hear());
        Login login = new LoginReader().Read(shell.Pid);
        Assert.Equal((shell.Pid, "al", "192.0.2.7"), (login.Pid, login.User, login.ClientAddress));
        Assert.Empty(login.Terminals);
        Assert.Null(login.LastTyped);
    }

    [Fact]
    public void A_login_knows_its_process() => Assert.Equal(ProcessIdentity.Of(CurrentProcess.Pid), new LoginReader().Read(CurrentProcess.Pid).Process);

    [Fact]
    public void A_process_that_is_gone_tells_nothing() => Assert.Equivalent(new Login(0, null, [], null), new LoginReader().Read(0));
}
