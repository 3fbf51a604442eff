using Fairlead.Core.Linux;

namespace Fairlead.Core.Relay;

/// <summary>Accepts connections on our socket and holds a conversation with each.</summary>
internal sealed class AgentServer(
    EventLoop loop, uint uid, RoutePlanner planner, UpstreamOpener opener, LoopTracer tracer, Action<Exception> faulted) : IDisposable
{
    /// <summary>Without a free descriptor nothing can be accepted, and no event tells when there is one again.</summary>
    private static readonly TimeSpan ExhaustedPause = TimeSpan.FromMilliseconds(100);

    private UnixListener? listener;

    /// <summary>Conversations under way.</summary>
    public int Conversations { get; private set; }

    /// <summary>Serves this socket, and no other any more; conversations go on.</summary>
    public void Listen(UnixListener next)
    {
        listener?.Dispose();
        listener = next;
        _ = AcceptAllAsync(next);
    }

    public void Dispose() => listener?.Dispose();

    private async Task AcceptAllAsync(UnixListener from)
    {
        while (!from.IsClosed)
        {
            int accepted = from.Accept();
            if (accepted >= 0)
            {
                Begin(accepted);
            }
            else if (accepted == -Errno.EAGAIN)
            {
                await from.WaitAsync();
            }
            else
            {
                await loop.DelayAsync(ExhaustedPause);
            }
        }
    }

    private void Begin(int accepted)
    {
        UnixStream stream;
        try
        {
            stream = UnixStream.Adopt(loop, accepted);
        }
        catch (SystemCallException fault)
        {
            faulted(fault);
            return;
        }

        // The socket's mode lets nobody else in; a descriptor that was passed on, or a folder opened up by hand, might.
        if (stream.Peer.Uid != uid && stream.Peer.Uid != 0)
        {
            stream.Dispose();
            return;
        }

        var caller = new CallerIdentity(stream.Peer.Pid, BootClock.Ticks);
        _ = ServeAsync(new Conversation(new FrameStream(stream), caller, planner, opener, tracer));
    }

    private async Task ServeAsync(Conversation conversation)
    {
        Conversations++;
        try
        {
            await conversation.RunAsync();
        }
        catch (Exception fault)
        {
            faulted(fault);
        }
        finally
        {
            Conversations--;
        }
    }
}
