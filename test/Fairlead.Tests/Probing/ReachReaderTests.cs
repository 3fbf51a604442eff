using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Probing;

namespace Fairlead.Tests.Probing;

/// <summary>Which TCP connection an agent's login came over, told by what its processes were started with. Real processes.</summary>
public sealed class ReachReaderTests : IDisposable
{
    private const string Agent = "/tmp/ssh-XXXXmine/agent.1";

    /// <summary>Calls itself by its first argument, starts a child with each other as its environment, a line for each variable, and does nothing more.</summary>
    private const string Script = """
        $0 = shift @ARGV;
        for my $given (@ARGV) {
            next if fork;
            %ENV = map { split /=/, $_, 2 } split /\n/, $given;
            exec '/usr/bin/perl', '-e', '$| = 1; print "there\n"; <STDIN>';
        }
        <STDIN>;
        """;

    private const string Sshd = "sshd: al@pts/3";
    private const string One = "SSH_CONNECTION=127.0.0.1 7 127.0.0.1 22";
    private const string Other = "SSH_CONNECTION=127.0.0.1 8 127.0.0.1 22";
    private const string GivenIt = "\nSSH_AUTH_SOCK=" + Agent;

    private readonly LoopThread thread = new();
    private readonly BlockingWorker worker;

    public ReachReaderTests() => worker = new BlockingWorker(thread.Loop);

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
    }

    [Theory]
    [InlineData(true, Sshd, One)]
    [InlineData(true, Sshd, "TERM=dumb", One)]
    [InlineData(false, Sshd, "SSH_CONNECTION=UNKNOWN 65535 UNKNOWN 65535")]
    [InlineData(false, Sshd, "TERM=dumb")]
    [InlineData(false, Sshd)]
    [InlineData(true, "one server for all", One, Other + GivenIt)]
    [InlineData(true, "one server for all", One + GivenIt, One + GivenIt)]
    [InlineData(false, "one server for all", One + GivenIt, Other + GivenIt)]
    [InlineData(false, "one server for all", One)]
    public async Task The_login_that_the_agent_belongs_to_tells(bool isKnown, string title, params string[] children)
    {
        using var listener = Puppet.Start(Script, [title, .. children], []);
        foreach (string _ in children)
        {
            Assert.Equal("there", listener.Hear());
        }

        Agent agent = Of(AgentSource.Forwarded, listener.Pid);
        await LearnAsync(agent);
        Assert.Equal(isKnown, agent.Reach is not null);
    }

    [Fact]
    public async Task An_agent_of_this_machine_has_no_laptop()
    {
        using var listener = Puppet.Start(Script, [Sshd, One], []);
        Assert.Equal("there", listener.Hear());
        Agent agent = Of(AgentSource.Local, listener.Pid);
        await LearnAsync(agent);
        Assert.Null(agent.Reach);
    }

    private Task<bool> LearnAsync(Agent agent) => thread.RunAsync(async ValueTask<bool> () =>
    {
        await new ReachReader(worker).LearnAsync(agent);
        return true;
    });

    private static Agent Of(AgentSource source, int listener) => new()
    {
        Path = Agent,
        Source = source,
        Identity = new FileIdentity(1, 2),
        Created = DateTimeOffset.UnixEpoch,
        Listener = new PeerCredentials(listener, 0, 0),
    };
}
