using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Agents;

/// <summary>
/// When a folder was read, in its own file times: tells later, by one status call, whether a name has been added or removed since, and
/// whether the folder is as open to others as it was.
/// </summary>
/// <remarks>
/// This stands in for a watch on /tmp: no wake-up of this daemon, or of a thousand others, for each file that somebody makes there. File times
/// are taken from a clock that ticks every 1 to 10 ms (CONFIG_HZ), so a folder that changed within <see cref="ClockGrain"/>
/// before it was read may have changed again under the same time: its stamp never holds.
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
