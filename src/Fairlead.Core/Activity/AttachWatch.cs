using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>
/// Reports when somebody attaches to a multiplexer: its server changes the mode of its socket then, and when the final client has gone.
/// Nothing polls meanwhile. Belongs to the loop.
/// </summary>
internal sealed class AttachWatch(Inotify inotify)
{
    /// <summary>Sockets and folders that are watched.</summary>
    public const int MaxWatched = 128;

    private const uint FolderEvents = LibC.IN_CREATE | LibC.IN_MOVED_TO | LibC.IN_ONLYDIR;

    private readonly Dictionary<string, (int Watch, FileIdentity File)> watched = [];

    /// <summary>Called with the path of a socket that somebody is attached to, at each sign of it.</summary>
    public required Action<string> Attached { get; init; }

    /// <summary>Called when something new is in a folder: another server may have started.</summary>
    public required Action Appeared { get; init; }

    /// <summary>Called with the path of a socket or folder that is gone.</summary>
    public required Action<string> Ended { get; init; }

    /// <summary>The sockets that somebody is attached to.</summary>
    public IEnumerable<string> AttachedSockets => watched.Keys.Where(MultiplexerSocket.IsAttached);

    public void WatchFolder(string path) => Watch(path, FolderEvents, _ => Appeared());

    public void WatchSocket(string path)
    {
        if (Watch(path, LibC.IN_ATTRIB, Look))
        {
            Look(path); // somebody may have attached before it was watched
        }
    }

    /// <summary>The kernel dropped events: reports now who attached meanwhile.</summary>
    public void LookAgain()
    {
        foreach (string path in AttachedSockets.ToArray())
        {
            Attached(path);
        }
    }

    /// <returns>Whether this is a new watch. Another file at the same path counts as new.</returns>
    private bool Watch(string path, uint mask, Action<string> tell)
    {
        if (FileStatus.TryRead(path, out FileStatus status) < 0)
        {
            return false;
        }

        if (watched.TryGetValue(path, out (int Watch, FileIdentity File) known))
        {
            if (known.File == status.Identity)
            {
                return false;
            }

            inotify.Unwatch(known.Watch);
            watched.Remove(path);
        }

        int watch = watched.Count < MaxWatched ? inotify.Watch(path, mask, (happened, _) => Tell(path, happened, tell)) : -Errno.ENOSPC;
        if (watch > 0)
        {
            watched[path] = (watch, status.Identity);
        }

        return watch > 0;
    }

    private void Tell(string path, uint happened, Action<string> tell)
    {
        if ((happened & LibC.IN_IGNORED) != 0)
        {
            watched.Remove(path);
            Ended(path);
        }
        else
        {
            tell(path);
        }
    }

    private void Look(string path)
    {
        if (MultiplexerSocket.IsAttached(path))
        {
            Attached(path);
        }
    }
}
