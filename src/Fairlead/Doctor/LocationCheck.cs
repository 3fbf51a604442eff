using System.Text;
using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Where the daemon's socket stands, and what the home is good for.</summary>
internal static class LocationCheck
{
    private const string Name = "socket";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        LocationFacts place = facts.Place;
        if (place.Failure is { } failure)
        {
            return [Finding.Problem(failure.ExitCode == ExitCode.Usage ? "configuration" : Name, failure.Message, "The daemon cannot start.", failure.Hint)];
        }

        Finding[] found = [.. Elsewhere(place), .. Remote(place)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"{place.Socket} can be used")];
    }

    private static IEnumerable<Finding> Elsewhere(LocationFacts place)
    {
        if (place.NotInHome is { } reason)
        {
            yield return Finding.Warning(
                Name,
                $"it is {place.Socket}, not in ~/.ssh/fairlead: {reason}",
                "That folder is emptied when the machine starts, and some systems empty it when you log out. 'socket' in the configuration chooses another one.",
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
                "Each host has a socket of its own in it. While the server does not answer, neither does any path below it; 'socket' in the configuration can name "
                    + "a folder on this machine.",
                "fairlead config");
        }
    }

    /// <summary>How many bytes ~/.ssh/agent/s.HOSTHASH.sshd.RANDOM has, which OpenSSH 10.1 and later make.</summary>
    public static int LengthOfLoginSocket(string home) => Encoding.UTF8.GetByteCount(home) + "/.ssh/agent/s.0123456789.sshd.0123456789".Length;
}
