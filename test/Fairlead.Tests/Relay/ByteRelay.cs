using System.Net.Sockets;

namespace Fairlead.Tests.Relay;

/// <summary>Passes bytes between a socket that looks like an agent and another one: what <c>ssh -A localhost</c> comes to.</summary>
internal sealed class ByteRelay : IDisposable
{
    private const string Script = """
        my ($far) = @ARGV;
        open(S, '+<&=3'); listen(S, 128) or die;
        print "listens\n";
        $SIG{CHLD} = 'IGNORE';
        my $watch = fork // die;
        if ($watch == 0) { <STDIN>; kill 'TERM', getppid; exit }
        while (accept(C, S)) {
            if (fork) { close(C); next }
            socket(F, AF_UNIX, SOCK_STREAM, 0); connect(F, pack_sockaddr_un($far)) or die;
            while (1) {
                my $ready = ''; vec($ready, fileno C, 1) = 1; vec($ready, fileno F, 1) = 1;
                select($ready, undef, undef, undef);
                for my $pair ([*C, *F], [*F, *C]) {
                    next unless vec($ready, fileno $pair->[0], 1);
                    sysread($pair->[0], my $bytes, 65536) or exit;
                    syswrite($pair->[1], $bytes);
                }
            }
        }
        """;

    private readonly Puppet puppet;

    public ByteRelay(string path, string far)
    {
        Path = path;
        int bound = BoundSocket.Make(path);
        puppet = Puppet.Start(Script, [far], [bound]);
        Assert.Equal("listens", puppet.Hear());
        new Socket(new SafeSocketHandle(bound, ownsHandle: true)).Dispose();
    }

    public string Path { get; }

    public void Dispose() => puppet.Dispose();
}
