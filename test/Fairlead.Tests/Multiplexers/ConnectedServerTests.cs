using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>A server that programs of logins are connected to, with real processes and sockets: which ones count.</summary>
public sealed class ConnectedServerTests : IDisposable
{
    /// <summary>Listens, starts a job and accepts; says the job's pid, and a word for each that is connected.</summary>
    private const string Server = """
        use POSIX (); use Socket;
        POSIX::setsid();
        socket(my $l, AF_UNIX, SOCK_STREAM, 0); bind($l, sockaddr_un($ARGV[0])) or die $!; listen($l, 5);
        my $job = fork // die; if (!$job) { sleep 1000; exit }
        print "$job\n";
        my @held;
        for (1 .. $ARGV[1]) { accept(my $c, $l); push @held, $c; print "accepted\n" }
        <STDIN>; kill 9, $job;
        """;

    /// <summary>A login whose child without a terminal connects.</summary>
    private const string Login = """
        use POSIX (); use Socket;
        my $child = fork // die;
        if (!$child) {
            POSIX::setsid();
            socket(my $c, AF_UNIX, SOCK_STREAM, 0); connect($c, sockaddr_un($ARGV[0])) or die $!;
            print "$$\n"; sleep 1000; exit
        }
        <STDIN>; kill 9, $child;
        """;

    private readonly TempFolder folder = new();
    private readonly MultiplexerReader reader = new(TimeProvider.System);

    [Fact]
    public void The_programs_that_are_connected_lead_to_their_logins_the_newest_last()
    {
        using Puppet server = Start(connections: 2, out int job);
        using Puppet home = Connect(server);
        using Puppet work = Connect(server);
        var loginPids = new LoginPids([home.Pid, work.Pid]);

        Caller caller = CallerReader.Read(job, BootClock.Ticks, loginPids);
        Assert.Null(caller.Multiplexer);
        MultiplexerServer found = Assert.Single(caller.Servers, above => above.Pid == server.Pid);
        Assert.Equal(job, found.PanePid);

        IReadOnlyList<Attachment> shown = reader.Read(found, loginPids).Attachments;
        Assert.Equal(new[] { (home.Pid, ""), (work.Pid, "") }.Order(), shown.Select(attachment => (attachment.LoginPid, attachment.Terminal)).Order());
        Assert.All(shown, attachment => Assert.InRange(attachment.LastTyped!.Value, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddSeconds(1)));
        Assert.True(shown.Single(of => of.LoginPid == home.Pid).LastTyped <= shown.Single(of => of.LoginPid == work.Pid).LastTyped);
    }

    [Fact]
    public void A_program_in_no_login_is_nobody()
    {
        using Puppet server = Start(connections: 1, out _);
        using Puppet service = Connect(server);
        Assert.Empty(Read(server.Pid, new LoginPids([])));
    }

    /// <summary>As git-askpass below an editor, which asks it for a password.</summary>
    [Fact]
    public void The_server_s_own_children_are_no_clients()
    {
        using Puppet login = Puppet.Start("""
            use POSIX (); use Socket;
            POSIX::setsid();
            socket(my $l, AF_UNIX, SOCK_STREAM, 0); bind($l, sockaddr_un($ARGV[0])) or die $!; listen($l, 5);
            my $child = fork // die;
            if (!$child) { socket(my $c, AF_UNIX, SOCK_STREAM, 0); connect($c, sockaddr_un($ARGV[0])) or die $!; sleep 1000; exit }
            accept(my $c, $l); print "up\n"; <STDIN>; kill 9, $child;
            """, [folder["s"]], []);
        Assert.Equal("up", login.Hear());
        Assert.Empty(Read(login.Pid, new LoginPids([CurrentProcess.Pid])));
    }

    /// <summary>To its agent, to a bus: in a login or not.</summary>
    [Fact]
    public void What_the_server_connects_to_says_nothing()
    {
        using Puppet listener = Start(connections: 1, out _);
        using Puppet connecting = Connect(listener);
        Assert.Empty(Read(connecting.Pid, new LoginPids([listener.Pid])));
    }

    [Theory]
    [InlineData("node", 0, 1, 9, false, true)] // reparented: a server, or a job of nohup or setsid that nobody is connected to
    [InlineData("node", 0, 1, 5, false, true)] // it has left the session that it made
    [InlineData("node", 34816, 1, 9, false, false)] // it has a terminal
    [InlineData("node", 0, 8, 9, true, true)] // below a login, in a session of its own
    [InlineData("git", 0, 8, 5, true, false)] // below a login, in the login's session
    [InlineData("bash", 0, 100, 9, true, false)] // what the login itself runs: ssh host command
    [InlineData("systemd", 0, 1, 9, false, false)]
    [InlineData("dbus-daemon", 0, 1, 9, false, false)]
    [InlineData("dbus-broker-lau", 0, 1, 9, false, false)]
    [InlineData("ssh", 0, 1, 9, false, false)] // ControlPersist
    [InlineData("ssh-agent", 0, 1, 9, false, false)]
    [InlineData("sshd-session", 0, 1, 9, false, false)]
    public void Few_processes_are_worth_a_look(string command, int terminal, int parent, int session, bool isBelowLogin, bool isWorthIt) =>
        Assert.Equal(isWorthIt, ConnectedServer.MayBe(new ProcessStat(9, command, parent, session, terminal, 1), new LoginPids([100]), isBelowLogin));

    /// <summary>No descriptor of anybody is read there.</summary>
    [Fact]
    public void In_a_plain_login_and_in_a_pane_there_is_nothing_to_look_at()
    {
        const string chain = """
            use POSIX ();
            my @pids = ($$);
            my $child = fork; if ($child) { waitpid $child, 0; exit }
            $0 = $ARGV[0]; POSIX::setsid() if $0 eq 'screen'; push @pids, $$;
            $child = fork; if ($child) { waitpid $child, 0; exit }
            print "@pids $$\n"; <STDIN>;
            """;
        using var inLogin = Puppet.Start(chain, ["bash"], []);
        using var inPane = Puppet.Start(chain, ["screen"], []);
        Assert.True(Read(inLogin).IsPlainlyInLogin);
        Caller pane = Read(inPane);
        Assert.Equal((Screen.Instance, 0), (pane.Multiplexer?.Kind, pane.Servers.Count));

        static Caller Read(Puppet puppet)
        {
            int[] pids = [.. puppet.Hear()!.Split(' ').Select(int.Parse)];
            return CallerReader.Read(pids[2], BootClock.Ticks, new LoginPids([pids[0]]));
        }
    }

    public void Dispose() => folder.Dispose();

    private Puppet Start(int connections, out int job)
    {
        Puppet server = Puppet.Start(Server, [folder["s"], $"{connections}"], []);
        job = int.Parse(server.Hear()!);
        return server;
    }

    private Puppet Connect(Puppet server)
    {
        Puppet login = Puppet.Start(Login, [folder["s"]], []);
        Assert.NotNull(login.Hear());
        Assert.Equal("accepted", server.Hear());
        return login;
    }

    private IReadOnlyList<Attachment> Read(int server, LoginPids loginPids) =>
        reader.Read(new MultiplexerServer(ProcessIdentity.Of(server), ConnectedServer.Instance, server), loginPids).Attachments;
}
