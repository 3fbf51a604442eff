using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>A line for each request, for a pipe or a terminal that can not be drawn on.</summary>
internal sealed class PlainWatch(WatchSession session, TextWriter output, TextWriter error)
{
    public int Run()
    {
        using var wake = new WakeUp();
        while (output is not StandardWriter { IsUnread: true })
        {
            foreach (EventReport report in session.Hear())
            {
                output.Write(EventLine.Of(report, TimeZoneInfo.Local));
            }

            if (!session.IsConnected)
            {
                error.Write("fairlead: the daemon has ended; this goes on when the next one runs\n");
            }

            while (!session.TryReconnect())
            {
                wake.Wait(-1, -1, WatchSession.RetryInterval);
            }
        }

        return ExitCode.Done;
    }
}
