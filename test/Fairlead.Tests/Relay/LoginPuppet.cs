namespace Fairlead.Tests.Relay;

/// <summary>
/// A login as real processes: a session process that listens for its agent, and a caller below it that has connected to the relay.
/// What agent and caller say is up to the test, which holds the same sockets.
/// </summary>
internal sealed class LoginPuppet : IDisposable
{
    private const string Script = """
        my ($title, $far, $between) = @ARGV;
        open(S, '+<&=3'); open(C, '+<&=4');
        listen(S, 128) or die;
        $0 = $title;
        my $child = fork;
        if ($child) { waitpid $child, 0; exit }
        if ($between) {
            $0 = $between;
            my $below = fork;
            if ($below) { waitpid $below, 0; exit }
        }
        $0 = 'ssh web01';
        connect(C, pack_sockaddr_un($far)) or die;
        print "connected\n";
        <STDIN>;
        """;

    private readonly Puppet puppet;

    /// <param name="title">What its session process calls itself.</param>
    /// <param name="relay">The relay's socket.</param>
    /// <param name="between">What a process between the session and the caller calls itself; none when null.</param>
    public LoginPuppet(string path, Func<byte[], FakeReply> answer, string title, string relay, string? between = null)
    {
        int agent = BoundSocket.Make(path);
        int caller = BoundSocket.MakeUnbound();
        puppet = Puppet.Start(Script, between is null ? [title, relay] : [title, relay, between], [agent, caller]);
        Assert.Equal("connected", puppet.Hear());
        Agent = new FakeAgent(path, answer, agent);
        Caller = new RelayClient(caller);
    }

    public FakeAgent Agent { get; }

    public RelayClient Caller { get; }

    /// <summary>The session's process: whom the kernel names as the agent's listener.</summary>
    public int Pid => puppet.Pid;

    public void Dispose()
    {
        Caller.Dispose();
        Agent.Dispose();
        puppet.Dispose();
    }
}
