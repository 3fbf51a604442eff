using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Settings;

namespace Fairlead.Location;

/// <summary>
/// The places where a daemon's agent socket may be, and those for all its other files; of each the best first. A daemon takes the first that will hold them;
/// where one runs is asked and never chosen (<see cref="DaemonSearch"/>).
/// </summary>
internal sealed record DaemonLocations
{
    /// <summary>The longest name that is ever bound in a folder of state: a socket gets its own when it listens already.</summary>
    private const string LongestName = ".4194304";

    /// <summary>What a folder of state beside one of sockets has at its name's end.</summary>
    public const string StateSuffix = "fairlead.state";

    public required IReadOnlyList<SocketLocation> Sockets { get; init; }

    public required IReadOnlyList<StateLocation> States { get; init; }

    /// <summary>
    /// The home belongs to another user (sudo -E, su -m): nothing may be created or started there, and what stands there is theirs.
    /// </summary>
    public required bool HomeIsForeign { get; init; }

    /// <param name="chosen">The agent socket that the command line or the configuration names.</param>
    public static DaemonLocations Find(Surroundings around, string? chosen = null, LocationSource source = LocationSource.Configuration)
    {
        uint owner = around.Home is { } home && FileStatus.TryReadTarget(home, out FileStatus status) >= 0 ? status.Uid : around.Uid;
        bool foreign = owner != around.Uid;
        if (chosen is not null && source == LocationSource.CommandLine)
        {
            // Who names a socket on the command line needs no home, and may have several daemons.
            SocketLocation named = At(chosen, source, around.Uid);
            return new DaemonLocations { Sockets = [named], States = [StateLocation.Beside(chosen, named.Folders)], HomeIsForeign = false };
        }

        List<Place> places = [];
        if (around.Home is { } ours)
        {
            places.Add(Place.InHome(ours, owner));
        }

        if (!foreign)
        {
            if (around.RuntimeFolder is { } runtime)
            {
                places.Add(Place.In(LocationSource.RuntimeFolder, runtime, "fairlead", FolderDemand.Ours, owner));
            }

            places.Add(Place.In(LocationSource.TemporaryFolder, around.TemporaryFolder, $"fairlead-{around.Uid}", FolderDemand.Shared, owner));
        }

        return new DaemonLocations
        {
            Sockets = chosen is not null ? [At(chosen, source, owner)] : [.. places.Select(place => SocketIn(place, around.HostName))],
            States = [.. places.Select(place => StateIn(place, around.HostName))],
            HomeIsForeign = foreign,
        };
    }

    /// <summary>Where a daemon that starts now would be; null when no place is fit: <see cref="FirstRefusal"/> says what is wrong with the best one.</summary>
    public DaemonLocation? Choose() =>
        Sockets.FirstOrDefault(place => place.LookForRoom().IsUsableOrCanBe) is { } socket
        && States.FirstOrDefault(place => place.LookForRoom().IsUsableOrCanBe) is { } state
            ? new DaemonLocation(socket, state)
            : null;

    /// <summary>Where a daemon is, by the place of its state.</summary>
    /// <param name="socket">Its agent socket; null where that does not show.</param>
    public DaemonLocation At(StateLocation state, string? socket) =>
        new(socket is not null ? SocketAt(socket) : Choose()?.Agent ?? Sockets[0], state);

    /// <summary>An agent socket of that path: one of the places, another name in one of their folders, or anywhere else.</summary>
    public SocketLocation SocketAt(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        return Sockets.FirstOrDefault(place => place.Socket == path)
            ?? (Sockets.FirstOrDefault(place => place.Folders.Folder == folder) is { } sibling ? sibling with { Socket = path } : null)
            ?? At(path, LocationSource.Configuration, States[0].Folders.Owner);
    }

    /// <summary>The place that files with this prefix are in: one of these, a sibling of one, or any folder of ours.</summary>
    public StateLocation StateAt(string prefix)
    {
        string folder = Path.GetDirectoryName(prefix) ?? "/";
        return States.FirstOrDefault(state => state.Prefix == prefix)
            ?? (States.FirstOrDefault(state => Path.GetDirectoryName(state.Folders.Folder) == Path.GetDirectoryName(folder)) is { } sibling
                ? StateLocation.In(sibling.Folders.Beside(folder))
                : StateLocation.In(new FolderChain(States[0].Folders.Owner, [new FolderRule(folder, FolderDemand.Private, MayCreate: true)])));
    }

    /// <summary>Where the files of a daemon up to 0.1 are, with the agent socket in one of the places.</summary>
    public IEnumerable<StateLocation> FormerStates => Sockets.Select(place => StateLocation.Beside(place.Socket, place.Folders));

    public FolderVerdict FirstRefusal()
    {
        IEnumerable<FolderVerdict> verdicts = Sockets.Select(place => place.LookForRoom());
        FolderVerdict refusal = verdicts.FirstOrDefault(verdict => !verdict.IsUsableOrCanBe);
        return refusal.Folder is null ? States[0].LookForRoom() : refusal;
    }

    private static SocketLocation At(string socket, LocationSource source, uint uid)
    {
        string folder = Path.GetDirectoryName(socket) is { Length: > 0 } parent ? parent : "/";
        return new SocketLocation
        {
            Socket = socket,
            Source = source,
            Folders = new FolderChain(uid, [new FolderRule(folder, FolderDemand.Ours, MayCreate: true)]),
        };
    }

    private static SocketLocation SocketIn(Place place, string hostName) => new()
    {
        Socket = $"{place.Sockets.Folder}/{NameIn(place.Sockets.Folder, hostName, ".sock")}.sock",
        Source = place.Source,
        Folders = place.Sockets,
    };

    private static StateLocation StateIn(Place place, string hostName)
    {
        string folder = place.States.Folder;
        return StateLocation.In(place.States.Below($"{folder}/{NameIn(folder, hostName, "/" + LongestName)}"));
    }

    /// <summary>Homes are shared between hosts, so the host's name is in the path; the short hash of it where the name does not fit.</summary>
    private static string NameIn(string folder, string hostName, string ending)
    {
        bool isFileName = hostName.Length > 0 && !hostName.Contains('/') && hostName[0] != '.';
        return isFileName && UnixAddress.TryCreate($"{folder}/{hostName}{ending}", out _) ? hostName : HostHash.Of(hostName);
    }

    /// <summary>A folder that can hold agent sockets, and one for the state of the daemons.</summary>
    private sealed record Place(LocationSource Source, FolderChain Sockets, FolderChain States)
    {
        public static Place InHome(string home, uint owner)
        {
            var top = new FolderChain(owner, [new FolderRule(home, FolderDemand.Ours, MayCreate: false)]);
            return new Place(
                LocationSource.Home,
                top.Below($"{home}/.ssh", FolderDemand.Ours).Below($"{home}/.ssh/fairlead"),
                top.Below($"{home}/.local", FolderDemand.Ours).Below($"{home}/.local/state", FolderDemand.Ours).Below($"{home}/.local/state/fairlead"));
        }

        public static Place In(LocationSource source, string parent, string name, FolderDemand demand, uint owner)
        {
            var top = new FolderChain(owner, [new FolderRule(parent, demand, MayCreate: false)]);
            return new Place(source, top.Below($"{parent}/{name}"), top.Below($"{parent}/{name}.state"));
        }
    }
}
