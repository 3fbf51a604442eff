using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Daemon;

/// <summary>The processes of this user beside the daemon. May block: run on the worker.</summary>
internal static class OtherProcesses
{
    /// <summary>
    /// They wait for others and are nobody's work: what a login's systemd starts, and agents. logind ends them when the last session is over, which it is not while
    /// the daemon of a session lives.
    /// </summary>
    private static readonly string[] Attendants =
    [
        "systemd", "(sd-pam)", "dbus-daemon", "dbus-broker", "dbus-broker-lau", "ssh-agent", "gpg-agent", "scdaemon", "keyboxd", "dirmngr",
        "gnome-keyring-d", "pipewire", "pipewire-pulse", "wireplumber", "pulseaudio",
    ];

    /// <summary>The one that has lived longest, which is likely to live on: it is waited for.</summary>
    /// <returns>Null when there is none; processes that are hidden (hidepid) are not this user's.</returns>
    public static ProcessStat? FindOldest(uint uid)
    {
        IEnumerable<ProcessStat> others = ProcessList.ReadOf(uid).Where(pid => pid != CurrentProcess.Pid).Select(Read).OfType<ProcessStat>();
        ProcessStat[] all = [.. others.Where(IsNoAttendant).OrderBy(process => process.Started)];

        // /proc gives a set-uid program that the person runs to root: whose it really is costs more to read.
        ProcessStat oldest = Array.Find(all, process => FileStatus.TryRead($"/proc/{process.Pid}", out FileStatus status) >= 0 && status.Uid == uid);
        oldest = oldest.Pid > 0 ? oldest : Array.Find(all, process => ProcessStatus.IsOf(process.Pid, uid));
        return oldest.Pid > 0 ? oldest : null;
    }

    private static ProcessStat? Read(int pid) => ProcessStat.TryRead(pid, out ProcessStat process) ? process : null;

    private static bool IsNoAttendant(ProcessStat process) => !process.IsZombie && !Attendants.Contains(process.Command);
}
