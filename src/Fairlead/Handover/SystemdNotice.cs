using System.Globalization;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handover;

/// <summary>Tells systemd how the daemon is, where systemd asked for it (sd_notify(3)).</summary>
internal sealed class SystemdNotice(string? socket)
{
    public const string Variable = "NOTIFY_SOCKET";

    public const string Ready = "READY=1";

    /// <summary>A reload began; it is over with the next <see cref="Ready"/>.</summary>
    public const string Reloading = "RELOADING=1";

    public const string Stopping = "STOPPING=1";

    /// <summary>Where to tell it; null when nobody asked.</summary>
    public string? Socket => socket;

    /// <summary>Reads where to, and takes it out of the environment.</summary>
    public static SystemdNotice FromEnvironment()
    {
        string? socket = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return new SystemdNotice(socket is { Length: > 0 } ? socket : null);
    }

    /// <summary>The service is another process from now on.</summary>
    public static string Successor(int pid) => string.Create(CultureInfo.InvariantCulture, $"MAINPID={pid}");

    public void Tell(string state)
    {
        if (socket is not null)
        {
            _ = UnixDatagram.Send(socket, state);
        }
    }
}
