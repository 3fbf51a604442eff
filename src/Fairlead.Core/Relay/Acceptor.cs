using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Relay;

/// <summary>Accepts connections while the listener is open, and passes on those of this user and of root.</summary>
internal sealed class Acceptor(EventLoop loop, uint uid, Action<UnixStream> accepted)
{
    /// <summary>How many connections of a crowd are accepted before the existing ones have a turn.</summary>
    private const int ConnectionsInTurn = 32;

    /// <summary>Without a free descriptor nothing can be accepted, and no event says when there is one again.</summary>
    private static readonly TimeSpan ExhaustedPause = TimeSpan.FromMilliseconds(100);

    public async Task AcceptAllAsync(UnixListener listener)
    {
        for (int accepted = 0; !listener.IsClosed;)
        {
            int connection = listener.Accept();
            if (connection >= 0)
            {
                Pass(connection);
                if (++accepted % ConnectionsInTurn == 0)
                {
                    await loop.YieldAsync();
                }
            }
            else if (connection == -Errno.EAGAIN)
            {
                await listener.WaitAsync();
            }
            else
            {
                await loop.DelayAsync(ExhaustedPause);
            }
        }
    }

    /// <summary>
    /// The socket's mode lets nobody else in; a descriptor that was passed on, or a folder that somebody opened to others, might.
    /// </summary>
    private void Pass(int connection)
    {
        UnixStream stream;
        try
        {
            stream = UnixStream.Adopt(loop, connection);
        }
        catch (SystemCallException fault)
        {
            loop.Faulted?.Invoke(fault);
            return;
        }

        if (stream.Peer.Uid == uid || stream.Peer.Uid == 0)
        {
            accepted(stream);
        }
        else
        {
            stream.Dispose();
        }
    }
}
