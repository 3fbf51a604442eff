using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>A stranger's listener that takes every connection and tells how many bytes it was sent.</summary>
internal sealed partial class Trap : IAsyncDisposable
{
    private const string Code =
        """
        use IO::Socket::UNIX;
        $| = 1;
        $SIG{CHLD} = 'IGNORE';
        my $path = shift;
        unlink $path;
        my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 20) or die "cannot listen on $path: $!\n";
        chmod 0777, $path;
        print "listening\n";
        while (my $client = $listener->accept) {
            next if fork;
            while ((my $count = sysread $client, my $bytes, 4096) > 0) {
                print "received $count bytes\n";
                syswrite $client, pack('NC', 1, 5);
            }
            exit;
        }
        """;

    private readonly LongRunning listener;

    private Trap(LongRunning listener) => this.listener = listener;

    public static async Task<Trap> Set(Stage stage, Account stranger, string path)
    {
        var listener = LongRunning.Start(Invocation.Of("perl", "-e", Code, path).As(stranger));
        return await listener.Says(Listening()) is null
            ? throw new InvalidOperationException($"the trap is not set: {listener.Said}")
            : stage.Keep(new Trap(listener));
    }

    public void CaughtNothing() => Assert.DoesNotContain("received", listener.Said, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    [GeneratedRegex("listening")]
    private static partial Regex Listening();
}
