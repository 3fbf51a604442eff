using System.Globalization;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handover;

/// <summary>Socket activation: systemd listens, and starts the daemon for the first client (sd_listen_fds(3)).</summary>
internal static class SystemdSockets
{
    private const int FirstDescriptor = 3;

    /// <summary>The unit has two; a number from elsewhere may be any.</summary>
    private const int MaxSockets = 64;

    /// <summary>Of the control socket today, and up to 0.1.</summary>
    private static readonly string[] ControlEndings = ["/ctl", ".ctl"];

    private static readonly string[] Variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

    /// <summary>Reads what there is, and takes it out of the environment: it is meant for this process alone.</summary>
    public static HandoverState FromEnvironment()
    {
        string?[] values = [.. Variables.Select(Environment.GetEnvironmentVariable)];
        Array.ForEach(Variables, variable => Environment.SetEnvironmentVariable(variable, null));
        return Parse(values[0], values[1], values[2], CurrentProcess.Pid, UnixListener.PathOf);
    }

    /// <param name="pathOf">The path that the socket behind a descriptor is bound to; null when it is no such socket.</param>
    public static HandoverState Parse(string? pid, string? count, string? names, int ownPid, Func<int, string?> pathOf)
    {
        bool isForUs = int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int meant) && meant == ownPid;
        if (!isForUs || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int sockets))
        {
            return HandoverState.None;
        }

        string[] name = names?.Split(':') ?? [];
        HandoverState handover = HandoverState.None;
        for (int i = 0; i < Math.Min(sockets, MaxSockets); i++)
        {
            if (pathOf(FirstDescriptor + i) is not { } path)
            {
                continue;
            }

            // Both sockets of one unit have the unit's name.
            var socket = new HandedOverSocket(FirstDescriptor + i, null, path);
            bool isControl = name.ElementAtOrDefault(i) switch
            {
                "control" => true,
                "agent" => false,
                _ => ControlEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)),
            };
            handover = isControl ? handover with { Control = socket } : handover with { Agent = socket };
        }

        return handover with { KeepsStreams = true };
    }
}
