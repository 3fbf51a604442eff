using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Settings;

namespace Fairlead.Location;

/// <summary>
/// The places where the daemon's socket may be, best first. The daemon takes the first that will hold a socket, and keeps the locks of those that
/// will not; everybody else finds it by that.
/// </summary>
internal sealed record SocketLocations
{
    public required IReadOnlyList<SocketLocation> All { get; init; }

    /// <summary>
    /// The home belongs to another user (sudo -E, su -m): nothing may be created or started there, and what stands there is theirs.
    /// </summary>
    public required bool HomeIsForeign { get; init; }

    /// <param name="chosen">What the command line or the configuration says.</param>
    public static SocketLocations Find(Surroundings around, string? chosen = null, LocationSource source = LocationSource.Configuration)
    {
        uint owner = around.Home is { } home && FileStatus.TryReadTarget(home, out FileStatus status) >= 0 ? status.Uid : around.Uid;
        bool foreign = owner != around.Uid;
        if (chosen is not null)
        {
            // Who names a socket on the command line needs no home.
            bool regardless = source == LocationSource.CommandLine;
            SocketLocation location = At(chosen, source, regardless ? around.Uid : owner);
            return new SocketLocations { All = [location], HomeIsForeign = foreign && !regardless };
        }

        var all = new List<SocketLocation>();
        if (around.Home is not null)
        {
            all.Add(InHome(around.Home, around.HostName, owner));
        }

        if (!foreign)
        {
            if (around.RuntimeFolder is not null)
            {
                all.Add(In(around.RuntimeFolder, "fairlead", FolderDemand.Ours, around, LocationSource.RuntimeFolder));
            }

            all.Add(In(around.TemporaryFolder, $"fairlead-{around.Uid}", FolderDemand.Shared, around, LocationSource.TemporaryFolder));
        }

        return new SocketLocations { All = all, HomeIsForeign = foreign };
    }

    /// <summary>
    /// The first place that is fit. One whose lock cannot be had although no socket stands there belongs to a daemon that could make none there, and
    /// listens at the next. A daemon of another shell, which did not see a better place, is no reason to follow it.
    /// </summary>
    /// <returns>Null when no place is fit: <see cref="FirstRefusal"/> says what is wrong with the best one.</returns>
    public SocketLocation? Choose() => All.FirstOrDefault(location =>
        location.LookForRoom().IsUsableOrCanBe && (location.SocketExists || FileLock.IsFree(location.Lock)));

    /// <summary>
    /// The same after a start: where the daemon listens. That no socket could be made in the first place, on a full disk, it knows only now.
    /// </summary>
    /// <returns>Null when it listens nowhere, or was too late.</returns>
    public SocketLocation? FindDaemon(TimeSpan patience, out ControlClient? client)
    {
        foreach (SocketLocation location in All)
        {
            if (location.Look().IsUsable && location.TryConnect(patience, out client) == ControlOutcome.Answered)
            {
                return location;
            }
        }

        client = null;
        return null;
    }

    public FolderVerdict FirstRefusal()
    {
        foreach (SocketLocation location in All)
        {
            FolderVerdict verdict = location.LookForRoom();
            if (!verdict.IsUsableOrCanBe)
            {
                return verdict;
            }
        }

        return default;
    }

    private static SocketLocation At(string socket, LocationSource source, uint uid)
    {
        string folder = Path.GetDirectoryName(socket) is { Length: > 0 } parent ? parent : "/";
        return new SocketLocation
        {
            Socket = socket,
            Source = source,
            Owner = uid,
            Folders = [new FolderRule(folder, FolderDemand.Ours, MayCreate: true)],
        };
    }

    private static SocketLocation InHome(string home, string hostName, uint owner)
    {
        string ssh = $"{home}/.ssh";
        string folder = $"{ssh}/fairlead";
        return new SocketLocation
        {
            Socket = SocketIn(folder, hostName),
            Source = LocationSource.Home,
            Owner = owner,
            Folders =
            [
                new FolderRule(home, FolderDemand.Ours, MayCreate: false),
                new FolderRule(ssh, FolderDemand.Ours, MayCreate: true),
                new FolderRule(folder, FolderDemand.Private, MayCreate: true),
            ],
        };
    }

    private static SocketLocation In(string parent, string name, FolderDemand parentDemand, Surroundings around, LocationSource source) => new()
    {
        Socket = SocketIn($"{parent}/{name}", around.HostName),
        Source = source,
        Owner = around.Uid,
        Folders =
        [
            new FolderRule(parent, parentDemand, MayCreate: false),
            new FolderRule($"{parent}/{name}", FolderDemand.Private, MayCreate: true),
        ],
    };

    /// <summary>Homes are shared between hosts, so the host's name is in it; the short hash of it where the name does not fit.</summary>
    private static string SocketIn(string folder, string hostName)
    {
        string socket = $"{folder}/{hostName}.sock";
        bool isFileName = hostName.Length > 0 && !hostName.Contains('/') && hostName[0] != '.';
        return isFileName && UnixAddress.TryCreate(socket, out _) ? socket : $"{folder}/{HostHash.Of(hostName)}.sock";
    }
}
