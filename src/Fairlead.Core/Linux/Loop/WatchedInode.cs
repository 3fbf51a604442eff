using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>The kernel's one watch of an inode, and all that is wanted of it.</summary>
/// <param name="Path">The first path that led there.</param>
/// <param name="Number">The kernel's number of the watch: it never comes back for another inode before two thousand million others.</param>
internal sealed record WatchedInode(string Path, int Number)
{
    public List<InotifyWatch> Watches { get; } = [];

    /// <summary>For inotify_add_watch: what any of them wants; ended by the first event only if that ends all there is.</summary>
    public uint Mask
    {
        get
        {
            uint all = Watches.Aggregate(0u, (mask, watch) => mask | watch.Mask);
            return Watches is [{ IsOneShot: true }] ? all : all & ~LibC.IN_ONESHOT;
        }
    }
}
