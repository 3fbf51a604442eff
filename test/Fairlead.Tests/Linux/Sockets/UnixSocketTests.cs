using System.Net.Sockets;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Linux.Sockets;

/// <summary>UnixStream and UnixListener over real sockets.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly LoopThread thread = new();
    private readonly TempFolder folder = new();

    public void Dispose()
    {
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Bytes_pass_between_both_ends_and_the_end_of_file_after_them()
    {
        (UnixStream client, UnixStream server) = await PairAsync();
        byte[] sent = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];
        Task<int> send = thread.RunAsync(async ValueTask<int> () =>
        {
            int result = await client.SendAsync(sent);
            client.Dispose();
            return result;
        });
        Assert.Equal(sent, await thread.RunAsync(() => ReadToEndAsync(server)));
        Assert.Equal(0, await send);
    }

    [Fact]
    public async Task A_sender_waits_for_a_reader_and_ends_when_the_reader_goes()
    {
        (UnixStream client, UnixStream server) = await PairAsync();
        Task<int> send = thread.RunAsync(() => client.SendAsync(new byte[4 * 1024 * 1024]));
        await thread.TurnAsync();
        Assert.False(send.IsCompleted);
        await thread.RunAsync(server.Dispose);
        Assert.True(await send < 0);
        await thread.RunAsync(client.Dispose);
    }

    [Fact]
    public async Task A_call_off_ends_a_send_and_a_wait_as_if_the_connection_had_broken()
    {
        (UnixStream client, UnixStream server) = await PairAsync();
        Task<int> send = thread.RunAsync(() => client.SendAsync(new byte[4 * 1024 * 1024]));
        Task<Wake> wait = thread.RunAsync(client.WaitReadableAsync);
        await thread.RunAsync(client.Cancel);
        Assert.Equal(-Errno.ECONNRESET, await send);
        Assert.Equal(Wake.Closed, await wait);
        await CloseAsync(client, server);
    }

    [Fact]
    public async Task Hang_up_is_told_when_the_peer_is_gone_and_not_when_it_only_stops_sending()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        UnixListener listener = await thread.RunAsync(() => UnixListener.Adopt(thread.Loop, UnixListener.Bind(folder["s"])));
        client.Connect(new UnixDomainSocketEndPoint(folder["s"]));
        UnixStream server = await thread.RunAsync(() => UnixStream.Adopt(thread.Loop, listener.Accept()));
        var hungUp = new TaskCompletionSource();
        await thread.RunAsync(() => server.HungUp = hungUp.SetResult);
        Task<int> end = thread.RunAsync(async ValueTask<int> () =>
        {
            int received;
            while ((received = server.Receive(new byte[1])) == -Errno.EAGAIN)
            {
                await server.WaitReadableAsync();
            }

            return received;
        });
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await end);
        Assert.False(hungUp.Task.IsCompleted);
        client.Dispose();
        await hungUp.Task.InTime();
        await thread.RunAsync(() =>
        {
            server.Dispose();
            listener.Dispose();
        });
    }

    [Fact]
    public async Task A_stream_is_quiet_until_something_comes_or_the_peer_goes()
    {
        (UnixStream client, UnixStream server) = await PairAsync();
        Assert.True(await thread.RunAsync(() => server.IsQuiet));
        await thread.RunAsync(() => client.SendAsync(new byte[] { 7 }));
        Assert.False(await thread.RunAsync(() => server.IsQuiet));
        byte[] one = new byte[1];
        Assert.Equal(1, await thread.RunAsync(() => server.Receive(one))); // looking did not take it
        Assert.True(await thread.RunAsync(() => server.IsQuiet));
        await thread.RunAsync(client.Dispose);
        Assert.False(await thread.RunAsync(() => server.IsQuiet));
        await thread.RunAsync(server.Dispose);
        Assert.False(await thread.RunAsync(() => server.IsQuiet));
    }

    [Fact]
    public async Task Each_end_knows_who_is_at_the_other()
    {
        (UnixStream client, UnixStream server) = await PairAsync();
        Assert.Equal((CurrentProcess.Pid, CurrentProcess.Uid), (client.Peer.Pid, client.Peer.Uid));
        Assert.Equal((CurrentProcess.Pid, CurrentProcess.Uid), (server.Peer.Pid, server.Peer.Uid));
        await CloseAsync(client, server);
    }

    [Fact]
    public void A_peer_that_cannot_be_read_is_nobody_and_above_all_not_root()
    {
        Assert.False(PeerCredentials.TryRead(-1, out PeerCredentials credentials));
        Assert.NotEqual(0u, credentials.Uid);
        Assert.Equal(0, credentials.Pid);
    }

    [Fact]
    public void Connecting_says_what_is_in_the_way()
    {
        Assert.Equal(-Errno.ENOENT, UnixStream.Connect(folder["nothing"]));
        Assert.Equal(-Errno.ECONNREFUSED, UnixStream.Connect(folder.Bind("dead")));
        Assert.Equal(-Errno.ENAMETOOLONG, UnixStream.Connect("/" + new string('x', UnixAddress.MaxPathBytes)));
        Assert.Equal(-Errno.ENAMETOOLONG, UnixListener.Bind("/" + new string('x', UnixAddress.MaxPathBytes)));
        Assert.Equal(-Errno.EADDRINUSE, UnixListener.Bind(folder["dead"]));
    }

    [Theory]
    [InlineData(107, true)]
    [InlineData(108, false)]
    [InlineData(0, false)]
    public void A_path_of_107_bytes_is_the_longest(int length, bool fits)
    {
        Assert.Equal(fits, UnixAddress.TryCreate(new string('x', length), out _));
        string wide = new string('\u00e9', length / 2) + new string('x', length % 2); // two bytes each
        Assert.Equal(fits, UnixAddress.TryCreate(wide, out _));
    }

    [Fact]
    public async Task A_listener_says_when_nobody_waits()
    {
        UnixListener listener = await thread.RunAsync(() => UnixListener.Adopt(thread.Loop, UnixListener.Bind(folder["s"])));
        Assert.Equal(-Errno.EAGAIN, await thread.RunAsync(listener.Accept));
        await thread.RunAsync(listener.Dispose);
        Assert.True(listener.IsClosed);
    }

    [Fact]
    public async Task A_listener_calls_back_in_each_turn_in_which_a_connection_waits_and_never_while_it_is_paused()
    {
        UnixListener listener = await thread.RunAsync(() => UnixListener.Adopt(thread.Loop, UnixListener.Bind(folder["s"])));
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(folder["s"]));
        await thread.TurnAsync(); // nobody serves it yet

        int calls = 0;
        var thrice = new TaskCompletionSource();
        await thread.RunAsync(() => listener.Serve(() =>
        {
            if (++calls == 3)
            {
                listener.Pause();
                thrice.SetResult();
            }
        }));
        await thrice.Task.InTime();
        await thread.TurnAsync();
        Assert.Equal(3, await thread.RunAsync(() => calls));

        var resumed = new TaskCompletionSource();
        await thread.RunAsync(() =>
        {
            listener.Serve(() =>
            {
                _ = LibC.close(listener.Accept());
                resumed.SetResult(); // a second call would throw
            });
        });
        await resumed.Task.InTime();
        await thread.TurnAsync();
        await thread.RunAsync(listener.Dispose);
    }

    private static async ValueTask<byte[]> ReadToEndAsync(UnixStream stream)
    {
        var all = new List<byte>();
        byte[] buffer = new byte[4096];
        int received;
        while ((received = stream.Receive(buffer)) != 0)
        {
            if (received == -Errno.EAGAIN)
            {
                await stream.WaitReadableAsync();
                continue;
            }

            all.AddRange(buffer.Take(received));
        }

        stream.Dispose();
        return [.. all];
    }

    private Task<(UnixStream Client, UnixStream Server)> PairAsync() => thread.RunAsync(() =>
    {
        using UnixListener listener = UnixListener.Adopt(thread.Loop, UnixListener.Bind(folder["pair"]));
        UnixStream client = UnixStream.Adopt(thread.Loop, UnixStream.Connect(folder["pair"]));
        return (client, UnixStream.Adopt(thread.Loop, listener.Accept()));
    });

    private Task CloseAsync(UnixStream client, UnixStream server) => thread.RunAsync(() =>
    {
        client.Dispose();
        server.Dispose();
    });
}
