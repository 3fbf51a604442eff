using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Linux.Loop;

/// <summary>Tells, once, that a process has ended (pidfd_open(2), Linux 5.3). Nothing is asked meanwhile.</summary>
internal sealed unsafe class ProcessEnd : IDisposable
{
    private readonly LoopDescriptor descriptor;

    private ProcessEnd(LoopDescriptor descriptor) => this.descriptor = descriptor;

    /// <param name="started">Clock ticks since boot: a process of that pid that started at another time is another one.</param>
    /// <param name="ended">Called on the loop, never before this returns; also when the process is gone already.</param>
    /// <returns>Null when there is nothing to wait for, or nobody can tell: an older kernel, no free descriptor.</returns>
    public static ProcessEnd? Watch(EventLoop loop, int pid, ulong started, Action ended)
    {
        int opened = LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0));
        bool isGone = !ProcessStat.TryRead(pid, out ProcessStat stat) || stat.Started != started;
        if (isGone || opened < 0)
        {
            _ = opened < 0 ? 0 : LibC.close(opened);
            if (isGone || opened == -Errno.ESRCH)
            {
                loop.Post(ended);
            }

            return null;
        }

        try
        {
            LoopDescriptor descriptor = loop.Watch(opened);
            descriptor.Readable = () =>
            {
                descriptor.Dispose();
                ended();
            };
            return new ProcessEnd(descriptor);
        }
        catch (SystemCallException)
        {
            return null; // the kernel refuses another watch, and the descriptor is closed
        }
    }

    /// <summary>Waits for it, for so long at most: for a command that has nothing else to do. At once when nobody can tell.</summary>
    public static void Await(int pid, TimeSpan patience)
    {
        int opened = pid > 0 ? LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0)) : -Errno.ESRCH;
        if (opened >= 0)
        {
            var entry = new LibC.PollEntry { Descriptor = opened, Events = LibC.POLLIN };
            _ = LibC.poll(&entry, 1, (int)patience.TotalMilliseconds);
            _ = LibC.close(opened);
        }
    }

    public void Dispose() => descriptor.Dispose();
}
