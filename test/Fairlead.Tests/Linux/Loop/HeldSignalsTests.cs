using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Tests.Linux.Loop;

/// <summary>
/// On a thread of its own, for a process holds a signal only where all its threads do, and those of the test's host do not: raise(3) sends it to the
/// thread that calls.
/// </summary>
public sealed partial class HeldSignalsTests : IDisposable
{
    private readonly LoopThread thread = new();
    private readonly ConcurrentQueue<int> came = new();

    public void Dispose() => thread.Dispose();

    [Fact]
    public async Task One_that_came_before_is_delivered()
    {
        await thread.RunAsync(() =>
        {
            var signals = HeldSignals.Hold(LibC.SIGHUP, LibC.SIGTERM);
            Assert.Equal(0, raise(LibC.SIGHUP));
            signals.Deliver(thread.Loop, came.Enqueue);
        });
        await thread.TurnAsync();
        Assert.Equal([LibC.SIGHUP], came);
    }

    [Fact]
    public async Task After_a_burst_the_last_one_is_heard_and_each_kind_for_itself()
    {
        await thread.RunAsync(() => HeldSignals.Hold(LibC.SIGHUP, LibC.SIGTERM).Deliver(thread.Loop, came.Enqueue));
        for (int burst = 1; burst <= 3; burst++)
        {
            await thread.RunAsync(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    Assert.Equal(0, raise(LibC.SIGHUP));
                }

                Assert.Equal(0, raise(LibC.SIGTERM));
            });
            await thread.TurnAsync();
            Assert.Equal((burst, burst), (came.Count(signal => signal == LibC.SIGHUP), came.Count(signal => signal == LibC.SIGTERM)));
        }
    }

    [Fact]
    public async Task After_the_end_it_is_held_and_kills_nobody()
    {
        await thread.RunAsync(() =>
        {
            LoopDescriptor delivery = HeldSignals.Hold(LibC.SIGHUP).Deliver(thread.Loop, came.Enqueue);
            delivery.Dispose();
            Assert.Equal(0, raise(LibC.SIGHUP));
        });
        await thread.TurnAsync();
        Assert.Empty(came);
    }

    /// <summary>tmux, asked by the daemon, must end when it is told to.</summary>
    [Fact]
    public async Task A_program_that_is_started_holds_and_ignores_none()
    {
        byte[]? status = await thread.RunAsync(() =>
        {
            HeldSignals.Hold(LibC.SIGHUP, LibC.SIGINT, LibC.SIGTERM);
            return Subprocess.Run("/bin/cat", ["cat", "/proc/self/status"], Deadline.Length);
        });
        string text = Encoding.ASCII.GetString(status!);
        Assert.Equal((0u, 0u), (MaskIn(text, "SigBlk"), MaskIn(text, "SigIgn")));
    }

    /// <summary>The kernel gives a signal to any thread that does not hold it, and the runtime has started one before this program begins.</summary>
    [Fact]
    public async Task The_thread_of_finalizers_holds_them_too()
    {
        await thread.RunAsync(() => HeldSignals.Hold(LibC.SIGHUP));
        string finalizer = Assert.Single(
            Directory.EnumerateDirectories("/proc/self/task").Select(task => File.ReadAllText($"{task}/status")),
            status => status.StartsWith("Name:\t.NET Finalizer", StringComparison.Ordinal));
        Assert.Equal(1u, MaskIn(finalizer, "SigBlk") & 1);
    }

    /// <summary>Of the signals that kill(1) knows; the two after them are the C library's own.</summary>
    private static uint MaskIn(string status, string name)
    {
        string line = status.Split('\n').Single(line => line.StartsWith($"{name}:\t", StringComparison.Ordinal));
        return (uint)ulong.Parse(line[^16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & 0x7fffffff;
    }

    [System.Runtime.InteropServices.LibraryImport("libc")]
    private static partial int raise(int signal);
}
