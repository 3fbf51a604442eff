using Fairlead.Core.Linux.Spawning;
using Fairlead.Settings;

namespace Fairlead.Setup;

/// <summary>The systemd of the person, as systemctl reaches it.</summary>
/// <param name="run">Runs <c>systemctl --user</c> with further words; whether it succeeded.</param>
internal sealed class UserSystemd(Func<string[], bool> run)
{
    /// <summary>Listening takes no time, and an end as long as the daemon needs for it.</summary>
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] Way = ["XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];

    public static UserSystemd Own { get; } = new(Systemctl);

    public bool Runs => run(["show-environment"]);

    public bool Listens => run(["--quiet", "is-active", UnitText.SocketUnit]);

    public bool Reload() => run(["daemon-reload"]);

    public bool Listen() => run(["--quiet", "enable", "--now", UnitText.SocketUnit]);

    public bool Disable() => run(["--quiet", "disable", "--now", UnitText.SocketUnit, UnitText.ServiceUnit]);

    /// <summary>A program that is run here gets nothing of our environment but the way to systemd.</summary>
    private static bool Systemctl(string[] words)
    {
        IEnumerable<string> way = Way.Where(name => Surroundings.Variable(name) is not null).Select(name => $"{name}={Surroundings.Variable(name)}");
        return Subprocess.Run("/usr/bin/env", ["env", .. way, "systemctl", "--user", .. words], CommandTimeout) is not null;
    }
}
