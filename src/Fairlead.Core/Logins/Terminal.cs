namespace Fairlead.Core.Logins;

/// <summary>A tty that a login owns.</summary>
/// <param name="Device">Its name below /dev: "pts/3".</param>
/// <param name="LastTyped">
/// The access time of its device, which the kernel moves when somebody types, in steps of 8 s (tty_update_time, drivers/tty/tty_io.c), or the moment
/// that was noted (<see cref="TypingTimes"/>), if that is later; null when the device is gone.
/// </param>
internal sealed record Terminal(string Device, DateTimeOffset? LastTyped);
