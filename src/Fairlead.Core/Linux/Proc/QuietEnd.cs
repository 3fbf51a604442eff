using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>
/// Ends this process with status 0 when its time is over, even if its only thread is stuck in a call that waits for a dead file server. Nothing can
/// interrupt such a call, but the kernel ends it with the process.
/// </summary>
/// <remarks>
/// Another thread has to end the process, because a signal's handler does not run in a stuck one. The runtime already has such a thread, for finalizers.
/// It sleeps outside of managed code, so the handler may run on it. Another thread would have to be made and waited for at every login.
/// </remarks>
internal static unsafe class QuietEnd
{
    /// <summary>Call it once, before anything that may get stuck, and from the main thread of a process that starts no other.</summary>
    public static void After(uint seconds)
    {
        byte* alarm = stackalloc byte[LibC.SignalSetSize];
        byte* before = stackalloc byte[LibC.SignalSetSize];
        _ = LibC.sigemptyset(alarm);
        _ = LibC.sigaddset(alarm, LibC.SIGALRM);
        _ = LibC.pthread_sigmask(LibC.SIG_BLOCK, alarm, before);

        if (LibC.sigismember(before, LibC.SIGALRM) == 1)
        {
            StartThread(seconds); // whoever started us held the signal, so the runtime's thread holds it as well
            return;
        }

        byte* action = stackalloc byte[LibC.SignalActionSize];
        new Span<byte>(action, LibC.SignalActionSize).Clear();
        *(delegate* unmanaged[Cdecl]<int, void>*)action = &End;
        _ = LibC.sigaction(LibC.SIGALRM, action, null);
        _ = LibC.alarm(seconds);
    }

    private static void StartThread(uint seconds)
    {
        try
        {
            new Thread(() => Sleep(seconds)) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)
        {
            // No thread is left for it: the process may take as long as it takes.
        }
    }

    private static void Sleep(uint seconds)
    {
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        LibC._exit(0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(int signal) => LibC._exit(0);
}
