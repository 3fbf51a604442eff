using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>One login on this host, its terminals and its origin.</summary>
/// <param name="Pid">
/// The process at which it begins: sshd's session process, which listens for the forwarded agent, or a child of a server that serves all
/// logins from one process.
/// </param>
/// <param name="User">The name in sshd's title, otherwise USER of a process of the login; null when neither can be read.</param>
/// <param name="Connection">SSH_CONNECTION of a process of the login; null when none can be read.</param>
internal sealed record Login(int Pid, string? User, IReadOnlyList<Terminal> Terminals, string? Connection)
{
    /// <summary>When that process started, in clock ticks since boot; 0 if it is hidden.</summary>
    public ulong Started { get; init; }

    public ProcessIdentity Process => new(Pid, Started);

    /// <summary>The person's machine.</summary>
    public string? ClientAddress => ConnectionVariable.ClientAddressOf(Connection);

    /// <summary>When somebody most recently typed on any of its terminals; null for a login without a terminal.</summary>
    public DateTimeOffset? LastTyped => Terminals.Max(terminal => terminal.LastTyped);
}

/// <summary>A tty that a login owns.</summary>
/// <param name="Device">Its name below /dev: "pts/3".</param>
/// <param name="LastTyped">
/// The access time of its device, which the kernel updates in steps of 8 s when somebody types (tty_update_time, drivers/tty/tty_io.c), or
/// the moment that was noted (<see cref="TypingTimes"/>), if that is later; null when the device is gone.
/// </param>
internal sealed record Terminal(string Device, DateTimeOffset? LastTyped)
{
    /// <summary>The kernel's steps of access times.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(8);

    /// <summary>With its access time.</summary>
    public static Terminal Read(string device) =>
        new(device, FileStatus.TryRead($"/dev/{device}", out FileStatus status) >= 0 ? status.Accessed : null);
}
