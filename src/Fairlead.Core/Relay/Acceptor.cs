using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Relay;

/// <summary>Accepts connections while the listener is open, and passes on those of this user and of root.</summary>
internal sealed class Acceptor(EventLoop loop, uint uid, Action<UnixStream> accepted)
{
    /// <summary>How many connections of a crowd are accepted before the existing ones have a turn.</summary>
    private const int MostInTurn = 32;

    /// <summary>Without a free descriptor nothing can be accepted, and no event says when there is one again.</summary>
    private static readonly TimeSpan ExhaustedPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Takes one connection in a turn, and more only if others waited in the turn before as well: to find that nobody waits costs the
    /// kernel as much as to accept.
    /// </summary>
    public void AcceptFrom(UnixListener listener)
    {
        int inTurn = 1;
        long turn = -1; // none yet
        listener.Serve(() =>
        {
            inTurn = loop.Turn == turn + 1 ? Math.Min(inTurn * 2, MostInTurn) : 1;
            turn = loop.Turn;
            Accept(listener, inTurn);
        });
    }

    private void Accept(UnixListener listener, int most)
    {
        for (int i = 0; i < most && !listener.IsClosed; i++)
        {
            int connection = listener.Accept();
            if (Errno.IsExhausted(connection) && loop.FreeDescriptors())
            {
                connection = listener.Accept();
            }

            if (connection < 0)
            {
                if (connection is not (-Errno.EAGAIN or -Errno.EINTR))
                {
                    PauseFrom(listener);
                }

                return;
            }

            Pass(connection);
        }
    }

    private void PauseFrom(UnixListener listener)
    {
        listener.Pause();
        loop.Schedule(ExhaustedPause, () =>
        {
            if (!listener.IsClosed)
            {
                listener.Resume();
            }
        });
    }

    /// <summary>
    /// The socket's mode lets nobody else in; a descriptor that was passed on, or a folder that somebody opened to others, might.
    /// </summary>
    private void Pass(int connection)
    {
        var stream = UnixStream.Adopt(loop, connection);
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
