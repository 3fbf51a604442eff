using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Daemon;

/// <summary>
/// Ends a daemon that a login has started half a minute after the last other process of its person has ended: it would keep the home from being unmounted
/// (pam_mount, systemd-homed). While a tmux, a screen or a job lives, it stays, whether or not their environment names fairlead: a shell takes the path from its rc
/// file.
/// </summary>
/// <remarks>
/// Nothing is polled: one of the others is waited for (pidfd_open(2), Linux 5.3; on an older kernel the daemon stays), and when it ends the next. Belongs to the
/// loop.
/// </remarks>
/// <param name="findOther">Any other process, on the worker: null when there is none.</param>
/// <param name="leave">Ends the daemon.</param>
internal sealed class LastProcessWatch(EventLoop loop, BlockingWorker worker, Func<ProcessStat?> findOther, Action leave) : IDisposable
{
    /// <summary>Between a logout and the next login, as a person has it who changes a setting.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks, where many end one after another.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>For looking at thousands of processes.</summary>
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);

    private ProcessEnd? end;
    private LoopTimer? pending;
    private bool isWanted;
    private bool isLooking;

    /// <summary>Whether the daemon is to end so at all (<c>[limits] stay</c>).</summary>
    public bool IsWanted
    {
        get => isWanted;
        set
        {
            isWanted = value;
            Forget();
            if (isWanted && !isLooking)
            {
                loop.Observe(LookAsync(mayLeave: false));
            }
        }
    }

    public void Dispose() => Forget();

    private void Forget()
    {
        end?.Dispose();
        end = null;
        pending?.Dispose();
        pending = null;
    }

    private async Task LookAsync(bool mayLeave)
    {
        isLooking = true;
        (bool done, ProcessStat? other) = await worker.RunAsync(() => (true, findOther()), LookTimeout);
        isLooking = false;
        if (!isWanted)
        {
            return;
        }

        if (!done)
        {
            LookAfter(Grace, mayLeave: false); // a worker that is stuck, on a dead file server, say
        }
        else if (other is { } found)
        {
            end = ProcessEnd.Watch(loop, found.Pid, found.Started, () => LookAfter(Pause, mayLeave: false));
        }
        else if (mayLeave)
        {
            leave();
        }
        else
        {
            LookAfter(Grace, mayLeave: true);
        }
    }

    private void LookAfter(TimeSpan time, bool mayLeave)
    {
        pending?.Dispose();
        pending = loop.Schedule(time, () => loop.Observe(LookAsync(mayLeave)));
    }
}
