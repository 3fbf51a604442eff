using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Logins;

/// <summary>A process is found after any number of others, with real processes at the end of a long list.</summary>
public sealed class ManyProcessesTests
{
    /// <summary>Larger than any pid (PID_MAX_LIMIT is 2^22).</summary>
    private const int NoPid = 5_000_000;

    [Fact]
    public async Task A_login_with_a_high_pid_is_found()
    {
        using Puppet sshd = Puppet.StartAs("sshd", "$0 = 'sshd: al@notty'");
        using var thread = new LoopThread();
        using var worker = new BlockingWorker(thread.Loop);

        Assert.Equal([sshd.Pid], await thread.RunAsync(() => LoginSearch.FindAsync(worker, ManyAnd(sshd.Pid))));
    }

    [Fact]
    public void A_terminal_leads_to_a_process_with_a_high_pid()
    {
        using var terminal = new PseudoTerminal();
        using Puppet shell = OnTerminal(terminal, "sh");

        Assert.Equal(shell.Pid, TerminalProcesses.Search(TerminalDevice.DeviceNumber(terminal.Name), ManyAnd(shell.Pid)).Pid);
    }

    [Fact]
    public void A_front_end_of_screen_with_a_high_pid_is_found()
    {
        using var terminal = new PseudoTerminal();
        using Puppet screen = OnTerminal(terminal, "screen");

        Assert.Equal([(screen.Pid, terminal.Name)], ScreenFrontEnd.Find(ManyAnd(screen.Pid)).Select(found => (found.Pid, found.Terminal)));
    }

    [Fact]
    public void A_client_of_a_server_with_a_high_pid_is_found()
    {
        using var client = Puppet.Start(
            "use Socket; socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0); print +(stat $a)[1], qq(\n); <STDIN>", [], []);
        HashSet<ulong> peers = [ulong.Parse(client.Hear()!)];

        Assert.Equal([client.Pid], SocketClients.Read(NoPid, peers, ManyAnd(client.Pid)).Select(found => found.Pid));
    }

    private static Puppet OnTerminal(PseudoTerminal terminal, string name) =>
        Puppet.StartAs(name, $"use POSIX (); POSIX::setsid(); open T, '+<', '{terminal.Path}' or die"); // a leader's first terminal is its own

    private static IEnumerable<int> ManyAnd(int pid) => Enumerable.Range(NoPid, 10_000).Append(pid);
}
