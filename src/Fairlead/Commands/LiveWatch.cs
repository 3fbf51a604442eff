using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>The live view: drawn anew at each event, every two seconds, and when the window changes; each time as large as that is.</summary>
internal sealed class LiveWatch(WatchSession session, TextWriter output)
{
    // xterm's control sequences, which every terminal of today knows: the other screen, and no cursor on it.
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private const byte CtrlC = 3;

    /// <summary>SIGWINCH by its number (signal(7)): its name is not there for programs that do not say that they never run on Windows.</summary>
    private const PosixSignal WindowChanged = (PosixSignal)28;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Between two questions when requests come in a crowd.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private WatchState state = new(null, []);
    private volatile bool hasEnded;

    public int Run()
    {
        using var wake = new WakeUp();
        using PosixSignalRegistration resized = PosixSignalRegistration.Create(WindowChanged, _ => wake.Raise());
        using PosixSignalRegistration interrupted = EndOn(PosixSignal.SIGINT, wake);
        using PosixSignalRegistration terminated = EndOn(PosixSignal.SIGTERM, wake);
        using PosixSignalRegistration hungUp = EndOn(PosixSignal.SIGHUP, wake);
        using TerminalMode? keys = TerminalMode.TryEnter(StandardStream.Input);
        _ = StandardStream.Write(StandardStream.Output, Enter);
        try
        {
            Show(wake, keys is null ? -1 : StandardStream.Input);
        }
        finally
        {
            _ = StandardStream.Write(StandardStream.Output, Leave);
        }

        return ExitCode.Done;
    }

    /// <param name="input">Where keys come from; -1 for nowhere.</param>
    private void Show(WakeUp wake, int input)
    {
        long asked = 0;
        while (!hasEnded)
        {
            bool isConnected = session.TryReconnect();
            bool isCrowded = isConnected && asked > 0 && Stopwatch.GetElapsedTime(asked) < Pause;
            if (!isCrowded)
            {
                state = state with { Status = session.Ask() };
                asked = Stopwatch.GetTimestamp();
            }

            hasEnded |= !Draw();
            (bool hasKey, bool hasEvent) = wake.Wait(input, session.Descriptor, isCrowded ? Pause : isConnected ? Interval : WatchSession.RetryInterval);
            hasEnded |= hasKey && IsEnd();
            foreach (EventReport report in hasEvent ? session.Hear() : [])
            {
                state = state.With(report);
            }
        }
    }

    private static bool IsEnd()
    {
        Span<byte> key = stackalloc byte[1];
        return Descriptor.Read(StandardStream.Input, key) <= 0 || key[0] is (byte)'q' or (byte)'Q' or CtrlC;
    }

    /// <returns>False when the terminal is gone.</returns>
    private bool Draw()
    {
        IReadOnlyList<string> lines = WatchView.Render(
            state, TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local, OutputStyle.For(output), TerminalSize.Rows(StandardStream.Output));
        return StandardStream.Write(StandardStream.Output, $"{Home}{string.Join($"{ClearLine}\r\n", lines)}{ClearLine}{ClearBelow}") >= 0;
    }

    private PosixSignalRegistration EndOn(PosixSignal signal, WakeUp wake) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        hasEnded = true;
        wake.Raise();
    });
}
