using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>
/// Finds the daemons of a person on this machine by asking wherever one may listen: in the places of today, in those that were the best when it started (another
/// name of the host, a home that could not be written to), and where daemons up to 0.1 listened.
/// </summary>
internal static class DaemonSearch
{
    private const string FormerControl = ".ctl";

    /// <summary>How long a connection may take where nobody says otherwise: all are on this machine.</summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(1);

    /// <summary>The daemon, of several the one at the best place. That one costs a connection; only where there is none is anything else looked at.</summary>
    /// <param name="patience">How long a connection may take, and each answer after it.</param>
    public static FoundDaemon Find(DaemonLocations locations, TimeSpan patience) => Find(locations, () => locations, patience);

    /// <inheritdoc cref="Find(DaemonLocations, TimeSpan)"/>
    /// <param name="locations">The same places for a daemon's state, the agent socket wherever.</param>
    /// <param name="all">Of these the agent sockets count as well. Asked for only if no daemon is at the best place.</param>
    public static FoundDaemon Find(DaemonLocations locations, Func<DaemonLocations> all, TimeSpan patience)
    {
        FoundDaemon best = Connect(locations.States[0], patience);
        if (best.TakesConnections)
        {
            return best; // the table of all sockets need not be read
        }

        // A place that lets nobody in is one of the search's only where somebody listens.
        FoundDaemon none = best.IsThere ? best with { Outcome = ControlOutcome.NotReachable } : best;
        return Search(all(), patience).DefaultIfEmpty(none).First();
    }

    /// <summary>All daemons that can be connected to or are seen to be there, each once, the one at the best place first.</summary>
    /// <param name="patience">As for <see cref="Find(DaemonLocations, TimeSpan)"/>; a second by default.</param>
    public static IReadOnlyList<FoundDaemon> FindAll(DaemonLocations locations, TimeSpan? patience = null)
    {
        var found = new List<FoundDaemon>();
        foreach (FoundDaemon daemon in Search(locations, patience ?? UsualPatience))
        {
            if (daemon.Client is { } client && found.Any(known => known.Client?.DaemonPid == client.DaemonPid))
            {
                client.Dispose(); // a daemon that moved listens at its former place, too
            }
            else
            {
                found.Add(daemon);
            }
        }

        return found;
    }

    /// <summary>
    /// The place of the daemon that runs, or of the systemd that listens for one: that is not connected to, for it would start one. Null where none is found.
    /// </summary>
    public static StateLocation? Locate(DaemonLocations locations)
    {
        if (MayBeOurs(locations.States[0]) && FileLock.IsHeld(locations.States[0].Lock))
        {
            return locations.States[0];
        }

        HashSet<string> listening = UnixSocketTable.ListListening();
        HashSet<string> folders = FoldersOf(listening);
        return Candidates(locations, folders).FirstOrDefault(state =>
            FileLock.IsHeld(state.Lock) || listening.Contains(state.Control) || (folders.Contains(state.Folders.Folder) && !FileLock.IsFree(state.Lock)));
    }

    /// <summary>The daemons that run, for a report. Only who has a lock is connected to: where systemd listens, that would start one.</summary>
    public static IReadOnlyList<ListedDaemon> List(DaemonLocations locations)
    {
        var listed = new List<ListedDaemon>();
        foreach (StateLocation state in Candidates(locations, FoldersOf(UnixSocketTable.ListListening())).Where(state => FileLock.IsHeld(state.Lock)))
        {
            using ControlClient? client = Connect(state, UsualPatience).Client;
            if (client is not null && listed.TrueForAll(known => known.Pid != client.DaemonPid))
            {
                listed.Add(new ListedDaemon(client.DaemonPid, state.ReadSocket()));
            }
        }

        return listed;
    }

    private static IEnumerable<FoundDaemon> Search(DaemonLocations locations, TimeSpan patience)
    {
        HashSet<string> folders = FoldersOf(UnixSocketTable.ListListening());
        foreach (StateLocation state in Candidates(locations, folders))
        {
            FoundDaemon found = Connect(state, patience);
            if (found.TakesConnections || (found.IsThere && folders.Contains(state.Folders.Folder)))
            {
                yield return found;
            }
        }
    }

    private static HashSet<string> FoldersOf(IEnumerable<string> paths) => [.. paths.Select(path => Path.GetDirectoryName(path) ?? "/")];

    private static IEnumerable<StateLocation> Candidates(DaemonLocations locations, HashSet<string> folders)
    {
        foreach (StateLocation state in locations.States.Where(MayBeOurs))
        {
            yield return state;
        }

        if (locations.Sockets[0].Source == LocationSource.CommandLine)
        {
            yield break; // it may be one of several, on purpose
        }

        // A daemon of another host that shares this home listens nowhere here, so only folders in which somebody does are asked. Which places there are differs
        // between shells, XDG_RUNTIME_DIR is set in one and not in the next: the name of the folder tells.
        HashSet<string?> parents = [.. locations.States.Select(state => Path.GetDirectoryName(state.Folders.Folder))];
        foreach (string folder in folders.Where(folder => locations.States.All(state => state.Folders.Folder != folder)))
        {
            string? parent = Path.GetDirectoryName(folder);
            bool isNamedSo = parents.Contains(parent) || parent?.EndsWith(DaemonLocations.StateSuffix, StringComparison.Ordinal) == true;
            if (isNamedSo && locations.StateAt(folder + "/") is { } state && MayBeOurs(state))
            {
                yield return state;
            }
        }

        foreach (SocketLocation place in locations.Sockets.Where(place => folders.Contains(place.Folders.Folder) && place.Folders.Look().IsUsable))
        {
            foreach (string control in FormerControls(place.Folders.Folder))
            {
                string socket = control[..^FormerControl.Length];
                yield return StateLocation.Beside(Path.Exists(socket + ".sock") ? socket + ".sock" : socket, place.Folders);
            }
        }
    }

    /// <summary>
    /// Nothing in a folder is believed that another user can have put there, neither a socket nor a link. One that lets nobody in, ourselves neither, counts where
    /// all folders up to it are ours.
    /// </summary>
    private static bool MayBeOurs(StateLocation state) => state.Folders.Look().State is FolderState.Usable or FolderState.ShutToUs;

    private static FoundDaemon Connect(StateLocation state, TimeSpan patience)
    {
        if (!MayBeOurs(state))
        {
            return new FoundDaemon(ControlOutcome.NotReachable, state, null);
        }

        ControlOutcome outcome = state.TryConnect(patience, out ControlClient? client);
        return new FoundDaemon(outcome, state, client);
    }

    private static string[] FormerControls(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + FormerControl).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>A daemon that runs.</summary>
/// <param name="Socket">The agent socket that it serves; null when that does not show.</param>
internal sealed record ListedDaemon(int Pid, string? Socket);
