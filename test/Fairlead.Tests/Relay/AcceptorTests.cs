using System.Net.Sockets;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;

namespace Fairlead.Tests.Relay;

public sealed class AcceptorTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>As when systemd has listened for us, or an earlier daemon.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Those_who_came_before_the_first_turn_of_the_loop_are_let_in(int count)
    {
        int bound = UnixListener.Bind(folder["s"]);
        Socket[] clients = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))];
        Array.ForEach(clients, client => client.Connect(new UnixDomainSocketEndPoint(folder["s"])));
        using var loop = new EventLoop(TimeProvider.System);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<UnixStream> accepted = [];
        var acceptor = new Acceptor(loop, CurrentProcess.Uid, stream =>
        {
            accepted.Add(stream);
            if (accepted.Count == count)
            {
                all.SetResult();
            }
        });
        using var listener = UnixListener.Adopt(loop, bound);
        acceptor.AcceptFrom(listener);
        var thread = new Thread(loop.Run);
        thread.Start();
        try
        {
            await all.Task.InTime();
        }
        finally
        {
            loop.Stop();
            thread.Join();
            accepted.ForEach(stream => stream.Dispose());
            Array.ForEach(clients, client => client.Dispose());
        }
    }
}
