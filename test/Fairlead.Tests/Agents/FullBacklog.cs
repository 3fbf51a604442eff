using System.Net.Sockets;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Tests.Relay;

namespace Fairlead.Tests.Agents;

/// <summary>An agent that accepts nothing, with as many connections waiting as the kernel takes.</summary>
internal sealed class FullBacklog : IDisposable
{
    private readonly Puppet puppet;
    private readonly Socket listener;
    private readonly List<int> waiting = [];

    public FullBacklog(string path)
    {
        int bound = BoundSocket.Make(path);
        puppet = Puppet.Start("open(S, '+<&=3'); listen(S, 0) or die; print \"listens\\n\"; <STDIN>", [], [bound]);
        Assert.Equal("listens", puppet.Hear());
        listener = new Socket(new SafeSocketHandle(bound, ownsHandle: true));
        int connected;
        while ((connected = UnixStream.Connect(path)) >= 0)
        {
            waiting.Add(connected);
        }

        Assert.Equal(-Errno.EAGAIN, connected);
    }

    public void MakeRoom() => listener.Accept().Dispose();

    public void Dispose()
    {
        waiting.ForEach(descriptor => _ = LibC.close(descriptor));
        listener.Dispose();
        puppet.Dispose();
    }
}
