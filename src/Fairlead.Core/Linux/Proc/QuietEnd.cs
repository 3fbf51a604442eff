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
    /// <summary>Call it once, from the main thread, in a process that starts no other thread.</summary>
    public static void After(uint seconds)
    {
        byte* alarm = stackalloc byte[LibC.SignalSetSize];
        byte* before = stackalloc byte[LibC.SignalSetSize];
        _ = LibC.sigemptyset(alarm);
        _ = LibC.sigaddset(alarm, LibC.SIGALRM);
        _ = LibC.pthread_sigmask(LibC.SIG_BLOCK, alarm, before);

        byte* action = stackalloc byte[LibC.SignalActionSize];
        new Span<byte>(action, LibC.SignalActionSize).Clear();
        if (LibC.sigismember(before, LibC.SIGALRM) == 1)
        {
            // Whoever started us held the signal, so the other thread does as well. Then the signal itself is the end: not quiet, but in time.
            *(nint*)action = LibC.SIG_DFL;
            _ = LibC.pthread_sigmask(LibC.SIG_UNBLOCK, alarm, null);
        }
        else
        {
            *(delegate* unmanaged[Cdecl]<int, void>*)action = &End;
        }

        _ = LibC.sigaction(LibC.SIGALRM, action, null);
        _ = LibC.alarm(seconds);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(int signal) => LibC._exit(0);
}
