using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;
using Fairlead.Output.Overview;

namespace Fairlead.Live;

/// <summary>The live view: drawn again at each event, every two seconds, and when the window changes its size; it fills the window.</summary>
internal sealed class LiveWatch(WatchSession session, TextWriter output)
{
    /// <summary>SIGWINCH by its number (signal(7)): its name is not there for programs that do not say that they never run on Windows.</summary>
    private const PosixSignal WindowChanged = (PosixSignal)28;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Between two questions when requests come in a crowd.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private WatchState state = new(null, []);

    public int Run()
    {
        using var wake = new WakeUp();
        using PosixSignalRegistration resized = PosixSignalRegistration.Create(WindowChanged, _ => wake.Raise());
        using var keys = new WatchKeys(wake, () => Tell(WatchScreen.Enter), () => Tell(WatchScreen.Leave));
        Show(wake, keys);
        return ExitCode.Done;
    }

    private static void Tell(string sequence) => _ = StandardStream.Write(StandardStream.Output, sequence);

    private void Show(WakeUp wake, WatchKeys keys)
    {
        long asked = 0;
        while (!keys.HasEnded)
        {
            bool isConnected = session.TryReconnect();
            bool isCrowded = isConnected && asked > 0 && Stopwatch.GetElapsedTime(asked) < Pause;
            if (!isCrowded)
            {
                bool isAtWork = isConnected && session.HasHeard;
                (_, ControlReply? reply, Failure? failure) = session.Ask();
                state = reply is null && isAtWork ? state : state with { Status = reply?.Status, Failure = failure };
                asked = Stopwatch.GetTimestamp();
            }

            keys.EnterAgainWhenResumed();
            if (!Draw())
            {
                return;
            }

            (bool hasKey, bool hasEvent) = session.Wait(wake, keys.Descriptor, isCrowded ? Pause : isConnected ? Interval : WatchSession.RetryInterval);
            if (hasKey)
            {
                keys.Take();
            }

            foreach (EventReport report in hasEvent ? session.Hear() : [])
            {
                state = state.With(report);
            }
        }
    }

    /// <returns>False when the terminal is gone.</returns>
    private bool Draw()
    {
        IReadOnlyList<string> lines = WatchView.Render(
            state, TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local, OutputStyle.For(output), TerminalSize.Rows(StandardStream.Output));
        return StandardStream.Write(StandardStream.Output, WatchScreen.Of(lines)) >= 0;
    }
}
