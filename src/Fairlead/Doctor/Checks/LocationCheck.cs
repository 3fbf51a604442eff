using System.Text;
using Fairlead.Output;

namespace Fairlead.Doctor.Checks;

/// <summary>Where the daemon's socket is, and whether the home can hold it.</summary>
internal static class LocationCheck
{
    private const string Name = "socket";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        LocationFacts place = facts.Place;
        if (place.Failure is { } failure)
        {
            return [JudgeObstacle(failure, facts.Daemon.Status is not null)];
        }

        Finding[] found = [.. Unanswered(place), .. Elsewhere(place), .. Remote(place)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"{place.Socket} can be used")];
    }

    /// <param name="daemonRuns">It keeps the place and the settings that it started with.</param>
    private static Finding JudgeObstacle(Failure failure, bool daemonRuns)
    {
        bool isConfiguration = failure.ExitCode == ExitCode.Usage;
        string meaning = (daemonRuns, isConfiguration) switch
        {
            (false, _) => "Until this is fixed, the daemon cannot start.",
            (true, true) => "The daemon that is running keeps the settings it has. It cannot start again until this is fixed.",
            (true, false) => "The daemon that is running is not affected. It cannot start again until this is fixed.",
        };
        return Finding.Problem(isConfiguration ? "configuration" : Name, failure.Message, meaning, failure.Hint);
    }

    private static IEnumerable<Finding> Unanswered(LocationFacts place)
    {
        string? message = place.Listener switch
        {
            SocketListener.Nobody => $"a daemon runs, but nobody listens at {place.Socket}",
            SocketListener.OutOfReach => $"a daemon runs, but you may not connect to {place.Socket}",
            SocketListener.Stranger => $"something other than fairlead is at {place.Socket}",
            _ => null,
        };
        if (message is null)
        {
            yield break;
        }

        string folder = Path.GetDirectoryName(place.Socket) ?? "/";
        yield return Finding.Problem(
            Name,
            message,
            "Your shells use that path, and get no agent there.",
            place.Listener switch
            {
                SocketListener.Nobody => "fairlead stop && fairlead start",
                SocketListener.OutOfReach => $"chmod u+rwx '{folder}' && chmod u+rw '{place.Socket}'",
                _ => $"mv '{place.Socket}' '{place.Socket}.old' && fairlead restart",
            });
    }

    private static IEnumerable<Finding> Elsewhere(LocationFacts place)
    {
        if (place.NotInHome is { } reason)
        {
            yield return Finding.Warning(
                Name,
                $"it is {place.Socket}, not in ~/.ssh/fairlead: {reason}",
                "That folder is emptied when the machine starts, and on some systems when you log out. Choose another one with 'socket' in the configuration.",
                "fairlead config");
        }
    }

    private static IEnumerable<Finding> Remote(LocationFacts place)
    {
        if (place.HomeIsRemote)
        {
            yield return Finding.Warning(
                Name,
                $"{place.Socket}: the home is on a file server",
                "Each host has its own socket there. While the file server does not answer, nothing in the home can be reached. 'socket' in the configuration can name "
                    + "a folder on this machine.",
                "fairlead config");
        }
    }

    /// <summary>How many bytes the path ~/.ssh/agent/s.HOSTHASH.sshd.RANDOM has, which OpenSSH 10.1 and later make.</summary>
    /// <param name="pid">The session's, where it stands in the name, before the random letters (<see cref="Core.Agents.SshdSocketName"/>).</param>
    public static int LengthOfLoginSocket(string home, int? pid) =>
        Encoding.UTF8.GetByteCount(home) + "/.ssh/agent/s.0123456789.sshd.0123456789".Length + (pid is null ? 0 : $".{pid}".Length);
}
