using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Live;

/// <summary>The keys that <c>fairlead watch</c> knows: q and Ctrl-C end it, Ctrl-Z suspends it. Until it is disposed the terminal passes on each key.</summary>
internal sealed class WatchKeys : IDisposable
{
    private const byte CtrlC = 3;
    private const byte CtrlZ = 26;

    /// <summary>SIGCONT by its number (signal(7)): its name is not there for programs that do not say that they never run on Windows.</summary>
    private const PosixSignal Continued = (PosixSignal)18;

    private readonly Action enter;
    private readonly Action leave;
    private readonly PosixSignalRegistration[] signals;
    private TerminalMode? mode;
    private volatile bool hasEnded;
    private volatile bool hasResumed;

    /// <param name="wake">Is raised when a signal has changed something here.</param>
    /// <param name="enter">What the terminal is told before anything is shown; also after a suspension.</param>
    /// <param name="leave">What brings it back to what it was.</param>
    public WatchKeys(WakeUp wake, Action enter, Action leave)
    {
        this.enter = enter;
        this.leave = leave;
        signals =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                hasEnded = true;
                wake.Raise();
            })),
            PosixSignalRegistration.Create(Continued, context =>
            {
                // Otherwise .NET gives the terminal the mode back that it had at the start (ReinitializeTerminal in pal_console.c), after this.
                context.Cancel = true;
                hasResumed = true;
                wake.Raise();
            }),
        ];
        mode = TerminalMode.TryEnter(StandardStream.Input);
        enter();
    }

    /// <summary>Where keys come from; -1 for nowhere.</summary>
    public int Descriptor => mode is null ? -1 : StandardStream.Input;

    public bool HasEnded => hasEnded;

    /// <summary>After SIGSTOP and SIGCONT the shell may have given the terminal another mode.</summary>
    public void EnterAgainWhenResumed()
    {
        if (hasResumed)
        {
            hasResumed = false;
            _ = mode is null ? null : TerminalMode.TryEnter(StandardStream.Input);
            enter();
        }
    }

    /// <summary>Reads one key, which must be there.</summary>
    public void Take()
    {
        Span<byte> key = stackalloc byte[1];
        if (Core.Linux.Interop.Descriptor.Read(StandardStream.Input, key) <= 0 || key[0] is (byte)'q' or (byte)'Q' or CtrlC)
        {
            hasEnded = true;
        }
        else if (key[0] == CtrlZ)
        {
            Suspend();
        }
    }

    public void Dispose()
    {
        leave();
        mode?.Dispose();
        Array.ForEach(signals, signal => signal.Dispose());
    }

    /// <summary>As the terminal does it for a program that leaves Ctrl-Z to it: the whole process group stops, and SIGCONT continues here.</summary>
    private void Suspend()
    {
        leave();
        mode?.Dispose();
        _ = LibC.kill(0, LibC.SIGTSTP);
        mode = TerminalMode.TryEnter(StandardStream.Input);
        enter();
    }
}
