using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Logins;

/// <summary>
/// Whether a person sits at a terminal that belongs to no login of sshd. Any program can make a pseudo terminal and run a client of tmux on
/// it, so a terminal alone shows nobody.
/// </summary>
internal static class PersonTerminal
{
    /// <summary>The server of mosh(1) leaves the login that started it.</summary>
    private const string MoshServer = "mosh-server";

    /// <summary>The machine's own screen (no pseudo terminal), a window on its desktop, or a mosh.</summary>
    /// <param name="pid">A process whose controlling terminal it is.</param>
    /// <param name="environment">Of that process; null if it could not be read.</param>
    public static bool IsAtOne(int pid, string[]? environment) =>
        (ProcessStat.TryRead(pid, out ProcessStat stat) && stat.HasTerminal && TerminalDevice.NameOf(stat.Terminal).Length == 0)
        || IsOnDesktop(environment)
        || ProcessAncestors.Of(pid).Any(process => process.Command.StartsWith(MoshServer, StringComparison.Ordinal));

    /// <summary>ssh -X sets DISPLAY as well, but in a login.</summary>
    private static bool IsOnDesktop(string[]? environment) =>
        (EnvironmentBlock.Find(environment, "WAYLAND_DISPLAY") ?? EnvironmentBlock.Find(environment, "DISPLAY")) is not null
        && EnvironmentBlock.Find(environment, ConnectionVariable.Name) is null;
}
