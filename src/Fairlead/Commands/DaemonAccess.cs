using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary>How a command finds the daemon, starts it where that is allowed, and asks it.</summary>
internal static class DaemonAccess
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What a daemon that has hung up gets to be gone.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Where the daemon is or would be.</summary>
    public static (SocketLocations? Placements, Failure? Failure) FindPlacements(Surroundings around)
    {
        ConfigurationResult read = ConfigurationFile.LoadUsual(around);
        return read.Configuration is { } configuration
            ? (SocketLocations.Find(around, configuration.Socket), null)
            : (null, Explain(read.Error!));
    }

    /// <summary>Asks, starting the daemon first if it does not run and this is a place where it may be started.</summary>
    public static (ControlReply? Reply, Failure? Failure) Ask(ControlRequest request) => Ask(request, AnswerTimeout, out _);

    /// <param name="patience">How long the answer may take; null for no end.</param>
    /// <param name="outcome">How it went.</param>
    public static (ControlReply? Reply, Failure? Failure) Ask(ControlRequest request, TimeSpan? patience, out ControlOutcome outcome)
    {
        (ControlClient? client, Failure? failure) = Connect(mayStart: true, out SocketLocation? location, out outcome);
        using (client)
        {
            if (client is null)
            {
                return (null, failure);
            }

            outcome = Ask(client, request, patience, out ControlReply? reply);
            if (outcome != ControlOutcome.Answered)
            {
                return (null, Explain(outcome, location!));
            }

            return reply!.Error is { } error ? (null, Explain(error)) : (reply, null);
        }
    }

    /// <summary>A connection for several questions, or for one with several answers.</summary>
    /// <param name="mayStart">As <see cref="Ask(ControlRequest)"/> starts the daemon.</param>
    public static (ControlClient? Client, Failure? Failure) Connect(bool mayStart) => Connect(mayStart, out _, out _);

    private static (ControlClient? Client, Failure? Failure) Connect(bool mayStart, out SocketLocation? location, out ControlOutcome outcome)
    {
        location = null;
        outcome = ControlOutcome.NotReachable;
        (SocketLocations? locations, Failure? failure) = FindPlacements(Surroundings.Read());
        if (locations is null)
        {
            return (null, failure);
        }

        location = locations.Choose();
        if (location is null)
        {
            return (null, Refuse(locations, ExitCode.DaemonNotReachable));
        }

        outcome = ControlClient.TryConnect(location.Control, location.Owner, AnswerTimeout, out ControlClient? client);
        if (outcome == ControlOutcome.NotReachable && mayStart && MayStart(locations))
        {
            DaemonStarter.Start(DaemonStarter.CommandTimeout);
            SocketLocation? found = locations.FindDaemon(AnswerTimeout, out client);
            location = found ?? location;
            outcome = found is null ? outcome : ControlOutcome.Answered;
        }

        return client is null ? (null, Explain(outcome, location)) : (client, null);
    }

    /// <summary>The same without starting anything.</summary>
    public static ControlOutcome Ask(SocketLocation location, ControlRequest request, out ControlReply? reply) => Ask(location, request, AnswerTimeout, out reply);

    /// <param name="patience">How long the answer may take; null for no end.</param>
    public static ControlOutcome Ask(SocketLocation location, ControlRequest request, TimeSpan? patience, out ControlReply? reply)
    {
        reply = null;
        ControlOutcome outcome = ControlClient.TryConnect(location.Control, location.Owner, patience < AnswerTimeout ? patience.Value : AnswerTimeout, out ControlClient? client);
        using (client)
        {
            return client is null ? outcome : Ask(client, request, patience, out reply);
        }
    }

    private static ControlOutcome Ask(ControlClient client, ControlRequest request, TimeSpan? patience, out ControlReply? reply)
    {
        client.Expect(patience);
        ControlOutcome outcome = client.TryAsk(request, out reply);
        if (outcome == ControlOutcome.NoAnswer && client.HasEnded)
        {
            ProcessEnd.Await(client.DaemonPid, EndTimeout); // until then it holds the lock, and the next one cannot start
        }

        return outcome;
    }

    public static Failure Explain(ConfigurationError error) => new(ExitCode.Usage, error.ToString(), error.Hint);

    /// <summary>No place is fit for the socket.</summary>
    public static Failure Refuse(SocketLocations locations, int exitCode)
    {
        if (locations.HomeIsForeign)
        {
            return ForeignHome(exitCode);
        }

        FolderVerdict verdict = locations.FirstRefusal();
        return new Failure(exitCode, $"no place for the socket: {verdict.Describe()}", verdict.Hint());
    }

    /// <summary>sudo -E, su -m: a root shell that still has the other user's HOME.</summary>
    public static Failure ForeignHome(int exitCode) => new(exitCode, "HOME belongs to another user", "sudo -i, or log in as yourself");

    public static Failure Explain(ControlOutcome outcome, SocketLocation location) => outcome switch
    {
        ControlOutcome.NotOurs => new Failure(
            ExitCode.DaemonNotReachable, $"another user listens at {location.Control}", "set 'socket' in the configuration to a path in a folder of your own"),
        ControlOutcome.NoAnswer => new Failure(
            ExitCode.DaemonNotReachable, "the daemon does not answer", FileLock.HolderOf(location.Lock) is > 0 and var pid ? $"kill -KILL {pid}; fairlead start" : "fairlead start"),
        ControlOutcome.NotUnderstood => Unexpected(),
        _ => new Failure(ExitCode.DaemonNotReachable, "the daemon does not run", "fairlead start"),
    };

    /// <param name="error">What the daemon said.</param>
    public static Failure Explain(string error) => new(ExitCode.Failed, error, error == ControlReply.UnknownRequest ? "fairlead restart" : null);

    /// <summary>The daemon answered another question than the one asked.</summary>
    public static Failure Unexpected() => new(ExitCode.DaemonNotReachable, "the daemon is of another version", "fairlead stop && fairlead start");

    private static bool MayStart(SocketLocations locations)
    {
        bool inSshSession = Surroundings.Variable("SSH_CONNECTION") is not null;
        return StartRule.Decide(locations.HomeIsForeign, CurrentProcess.IsInPrivateUserNamespace, Ancestry.Read(), inSshSession)
            == StartPermission.Granted;
    }
}
