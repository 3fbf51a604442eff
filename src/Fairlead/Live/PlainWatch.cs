using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Output;

namespace Fairlead.Live;

/// <summary>A line for each request, for a pipe or a terminal that cannot be drawn on.</summary>
internal sealed class PlainWatch(WatchSession session, TextWriter output, TextWriter error)
{
    /// <summary>poll(2) counts milliseconds in 32 bits.</summary>
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(20);

    private bool IsTerminal => output is StandardWriter { Columns: not null };

    public int Run()
    {
        using var wake = new WakeUp();
        using WatchKeys? keys = IsTerminal ? new WatchKeys(wake, Begin, () => { }) : null;
        int input = keys?.Descriptor ?? -1;
        while (output is not StandardWriter { IsUnread: true } && keys is not { HasEnded: true })
        {
            bool isConnected = session.IsConnected || session.TryReconnect();
            (bool hasKey, bool hasEvent) = session.Wait(wake, input, isConnected ? NoLimit : WatchSession.RetryInterval);
            if (hasKey)
            {
                keys!.Take();
            }

            foreach (EventReport report in hasEvent ? session.Hear() : [])
            {
                output.Write(Show(report));
            }

            if (isConnected && !session.IsConnected)
            {
                error.Write("fairlead: the daemon has ended; this continues when the next one runs\n");
            }
        }

        return ExitCode.Done;
    }

    private void Begin() => output.Write("waiting for requests; press q to end\n");

    /// <summary>A terminal would go on at the beginning of its next line.</summary>
    private string Show(EventReport report)
    {
        string line = EventLine.Of(report, TimeZoneInfo.Local);
        return IsTerminal ? new Page(OutputStyle.For(output)).Plain(line.TrimEnd('\n')).ToString() : line;
    }
}
