using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.StalePaths;

/// <summary>An old path that the daemon listens at, and one process that names it: while that one lives, it is needed.</summary>
internal sealed class StalePathSocket(StalePathFile file, UnixListener listener, DateTimeOffset since) : IDisposable
{
    /// <summary>
    /// Before Linux 5.3 nothing tells that a process has ended: while a path is kept for one, it is looked at. So long the path may stay behind it.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private ProcessEnd? witnessEnd;

    public StalePathFile File => file;

    public DateTimeOffset Since => since;

    public UnixListener Listener => listener;

    /// <summary>The process that has named it longest, as far as is known.</summary>
    public NamingProcess? Witness { get; private set; }

    /// <param name="ended">Called when that process has ended: then it is time to look whether another names the path.</param>
    public void Rely(EventLoop loop, NamingProcess process, Action ended)
    {
        if (process == Witness && witnessEnd is not null)
        {
            return;
        }

        witnessEnd?.Dispose();
        Witness = process;
        witnessEnd = ProcessEnd.Watch(loop, process.Pid, process.Started, ended, LongestPause);
    }

    /// <summary>Stops listening; the file stays. Conversations under way go on.</summary>
    public void Dispose()
    {
        witnessEnd?.Dispose();
        listener.Dispose();
    }
}
