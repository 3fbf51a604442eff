using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Output;
using Fairlead.StalePaths;

namespace Fairlead.Daemon;

/// <summary>What keeps a daemon from doing all it should, for <c>status</c> and <c>doctor</c>.</summary>
internal sealed class DaemonTroubles(SocketKeeper keeper, StalePathRecord record, RequestRecorder recorder)
{
    public IEnumerable<TroubleReport> Find()
    {
        if (keeper.IsPolling)
        {
            yield return new TroubleReport
            {
                What = "fairlead cannot watch files: your programs use up fs.inotify.max_user_instances or max_user_watches",
                Why = "A removed socket file comes back after some seconds instead of at once, and fairlead knows less exactly where you typed most recently.",
                Hint = "sysctl fs.inotify",
            };
        }

        if (recorder is { Trouble: < 0, Target: { } log })
        {
            yield return new TroubleReport
            {
                What = $"{Plural.Of(recorder.Lost, "record")} could not be written to the log, {log.Name}: {Errno.Describe(recorder.Trouble)}",
                Why = "Requests are answered all the same, but nobody can look these up later.",
                Hint = "fairlead config",
            };
        }

        if (record.Trouble < 0)
        {
            yield return new TroubleReport
            {
                What = $"the list of old paths cannot be written: {Errno.Describe(record.Trouble)}",
                Why = "If the daemon is killed, the next one takes its sockets at old paths for someone else's.",
                Hint = "df -h ~",
            };
        }
    }
}
