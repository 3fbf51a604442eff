using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Reports, once, that a process has ended (pidfd_open(2), Linux 5.3). If the kernel can report it, nothing polls meanwhile.
/// </summary>
internal sealed unsafe class ProcessEnd : IDisposable
{
    /// <summary>
    /// If the kernel cannot report it: the pause before the first look at the process. Each later pause is twice as long.
    /// </summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>For a waiting command, if the kernel cannot report it: the pause between two looks, in milliseconds.</summary>
    private const int AwaitPause = 10;

    private readonly EventLoop loop;
    private readonly ProcessIdentity process;
    private readonly Action ended;
    private IDisposable? wait;

    private ProcessEnd(EventLoop loop, ProcessIdentity process, Action ended)
    {
        this.loop = loop;
        this.process = process;
        this.ended = ended;
    }

    /// <param name="started">Clock ticks since boot: a process with that pid that started at another time is another one.</param>
    /// <param name="ended">Called on the loop, never before this returns; also if the process is already gone.</param>
    /// <param name="longestPause">
    /// If the kernel cannot report it (an older kernel, no free descriptor), the loop looks at the process after pauses that grow up to
    /// this one. Null if that is not worth a wake-up.
    /// </param>
    /// <returns>Null if there is nothing to wait for, or nothing can report it.</returns>
    public static ProcessEnd? Watch(EventLoop loop, int pid, ulong started, Action ended, TimeSpan? longestPause = null)
    {
        int opened = LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0));
        var end = new ProcessEnd(loop, new ProcessIdentity(pid, started), ended);
        if (!end.IsThere(out _) || opened == -Errno.ESRCH)
        {
            Descriptor.Close(opened);
            loop.Post(ended);
            return null;
        }

        if ((opened >= 0 && end.TryWaitFor(opened)) || longestPause is null)
        {
            return end.wait is null ? null : end;
        }

        end.LookAfter(FirstPause, longestPause.Value);
        return end;
    }

    /// <summary>Waits for it, for the given time at most: for a command that has nothing else to do.</summary>
    public static void Await(int pid, TimeSpan patience)
    {
        int opened = pid > 0 ? LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0)) : -Errno.ESRCH;
        if (opened >= 0)
        {
            var entry = new LibC.PollEntry { Descriptor = opened, Events = LibC.POLLIN };
            _ = LibC.poll(&entry, 1, (int)patience.TotalMilliseconds);
            _ = LibC.close(opened);
            return;
        }

        for (double left = patience.TotalMilliseconds; opened != -Errno.ESRCH && left > 0; left -= AwaitPause)
        {
            _ = LibC.poll(null, 0, AwaitPause);
            opened = LibC.Result(LibC.kill(pid, 0));
        }
    }

    public void Dispose() => wait?.Dispose();

    private bool IsThere(out ProcessStat stat) => ProcessStat.TryRead(process.Pid, out stat) && stat.Started == process.Started;

    /// <returns>False when the kernel refuses another watch; the descriptor is closed.</returns>
    private bool TryWaitFor(int opened)
    {
        try
        {
            LoopDescriptor descriptor = loop.Watch(opened);
            descriptor.Readable = () =>
            {
                descriptor.Dispose();
                ended();
            };
            wait = descriptor;
            return true;
        }
        catch (SystemCallException)
        {
            return false;
        }
    }

    private void LookAfter(TimeSpan pause, TimeSpan longest) => wait = loop.Schedule(pause, () =>
    {
        if (IsThere(out ProcessStat stat) && !stat.IsZombie)
        {
            LookAfter(pause * 2 < longest ? pause * 2 : longest, longest);
        }
        else
        {
            ended();
        }
    });
}
