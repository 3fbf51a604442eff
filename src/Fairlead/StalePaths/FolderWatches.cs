using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.StalePaths;

/// <summary>Tells when a name disappears from one of a set of folders: an agent's socket, at its login's end.</summary>
/// <remarks>
/// Only folders of our own, which change when a login of ours begins or ends; never /tmp, where everybody's changes would wake us. A folder that cannot
/// be watched (fs.inotify limits) is not: its ends are noticed at the next request.
/// </remarks>
/// <param name="disappeared">Gets the path that is gone; null when the folder itself is, or when it is not known what is.</param>
internal sealed class FolderWatches(EventLoop loop, Action<string?> disappeared) : IDisposable
{
    private const uint Events = LibC.IN_DELETE | LibC.IN_MOVED_FROM | LibC.IN_DELETE_SELF | LibC.IN_MOVE_SELF | LibC.IN_ONLYDIR;

    private readonly Dictionary<string, int> watches = [];
    private bool hasBegun;

    /// <summary>Watches exactly these from now on.</summary>
    public void Cover(IReadOnlySet<string> folders)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            loop.Inotify.Overflowed += TellOverflow;
        }

        foreach (string folder in watches.Keys.Where(folder => !folders.Contains(folder)).ToArray())
        {
            loop.Inotify.Unwatch(watches[folder]);
            watches.Remove(folder);
        }

        foreach (string folder in folders.Where(folder => !watches.ContainsKey(folder)))
        {
            int watch = loop.Inotify.Watch(folder, Events, (mask, name) => Tell(folder, mask, name));
            if (watch >= 0)
            {
                watches[folder] = watch;
            }
        }
    }

    public void Dispose()
    {
        loop.Inotify.Overflowed -= TellOverflow;
        foreach (int watch in watches.Values)
        {
            loop.Inotify.Unwatch(watch);
        }

        watches.Clear();
    }

    private void TellOverflow() => disappeared(null);

    private void Tell(string folder, uint mask, string name)
    {
        if ((mask & LibC.IN_IGNORED) != 0)
        {
            watches.Remove(folder);
        }

        disappeared(name.Length > 0 ? $"{folder}/{name}" : null);
    }
}
