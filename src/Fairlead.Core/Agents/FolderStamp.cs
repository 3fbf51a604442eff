using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Agents;

/// <summary>
/// When a folder was read, in its own file times. One status call then shows whether a name has been added or removed since, and whether
/// its permissions are the same.
/// </summary>
/// <remarks>
/// It replaces a watch on /tmp, so that a new file there wakes neither this daemon nor a thousand others. File times come from a clock that
/// ticks every 1 to 10 ms (CONFIG_HZ), so a folder that changed within <see cref="ClockGrain"/> before it was read may have changed again
/// under the same time: its stamp never holds.
/// </remarks>
internal readonly record struct FolderStamp(FileIdentity Identity, DateTimeOffset Modified, uint Permissions, bool IsSettled)
{
    public static readonly TimeSpan ClockGrain = TimeSpan.FromMilliseconds(25);

    /// <param name="status">The folder's status from before it was read.</param>
    public static FolderStamp Of(FileStatus status, DateTimeOffset now) =>
        new(status.Identity, status.Modified, status.Permissions, now - status.Modified > ClockGrain);

    public bool Holds(FileStatus status) =>
        IsSettled && status.Identity == Identity && status.Modified == Modified && status.Permissions == Permissions;
}
