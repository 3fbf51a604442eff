using System.Runtime.CompilerServices;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Signals that do nothing to this process until the loop reads them (signalfd(2)). A signal that comes before that is kept, so that during
/// a start it neither kills nor is lost.
/// </summary>
/// <remarks>
/// Not PosixSignalRegistration, which passes each signal through a separate thread and the thread pool: on a loaded machine one arrived 45
/// s late. Several signals of one kind that come before the first is read count as one.
/// </remarks>
internal sealed unsafe class HeldSignals
{
    /// <summary>Bytes of struct signalfd_siginfo, whose first field is the signal's number.</summary>
    private const int InfoSize = 128;

    private readonly int[] signals;

    private HeldSignals(int[] signals) => this.signals = signals;

    /// <summary>
    /// Holds these for all threads, so call it before any thread starts. A finalizer does the same for the one thread that the runtime
    /// itself has started, for finalizers: the kernel gives a signal to any thread that does not hold it.
    /// </summary>
    /// <remarks>
    /// A SIGINT that the parent process ignored stays ignored: a shell without job control does that for a command that ends with an &amp;.
    /// </remarks>
    public static HeldSignals Hold(params ReadOnlySpan<int> signals)
    {
        var held = new HeldSignals([.. signals.ToArray().Where(signal => signal != LibC.SIGINT || !IsIgnored(signal))]);
        held.HoldInThisThread();
        LeaveToFinalizer(held);
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
        return held;
    }

    /// <summary>From now on each signal is an event of the loop, beginning with those that are already held.</summary>
    /// <param name="came">Gets the signal's number.</param>
    /// <returns>Disposing ends it: later signals are held forever.</returns>
    /// <exception cref="SystemCallException">There is no free descriptor, or the kernel refuses another watch.</exception>
    public LoopDescriptor Deliver(EventLoop loop, Action<int> came)
    {
        byte* set = stackalloc byte[LibC.SignalSetSize];
        Fill(set);
        int opened = LibC.Result(LibC.signalfd(-1, set, LibC.NonBlockingCloseOnExec));
        SystemCallException.ThrowIfFailed(opened, "signalfd");
        LoopDescriptor descriptor = loop.Watch(opened);
        descriptor.Readable = () => ReadAll(descriptor, came);
        return descriptor;
    }

    private static void ReadAll(LoopDescriptor descriptor, Action<int> came)
    {
        Span<byte> info = stackalloc byte[InfoSize];
        while (Descriptor.ReadOnce(descriptor.Number, info) == InfoSize)
        {
            came(BitConverter.ToInt32(info));
        }
    }

    private static bool IsIgnored(int signal)
    {
        byte* action = stackalloc byte[LibC.SignalActionSize];
        return LibC.sigaction(signal, null, action) == 0 && *(nint*)action == LibC.SIG_IGN;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // nothing of it may be left on the caller's stack
    private static void LeaveToFinalizer(HeldSignals held) => _ = new Messenger(held);

    private void HoldInThisThread()
    {
        byte* set = stackalloc byte[LibC.SignalSetSize];
        Fill(set);
        _ = LibC.pthread_sigmask(LibC.SIG_BLOCK, set, null);
    }

    private void Fill(byte* set)
    {
        _ = LibC.sigemptyset(set);
        foreach (int signal in signals)
        {
            _ = LibC.sigaddset(set, signal);
        }
    }

    private sealed class Messenger(HeldSignals held)
    {
        ~Messenger() => held.HoldInThisThread();
    }
}
