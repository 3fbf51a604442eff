using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Client;

/// <summary>
/// Where a command runs, and where it finds the daemon. Each thing is read when it is first asked for, and once, so that all parts of a command mean the
/// same daemon.
/// </summary>
/// <remarks>
/// A mistake in the configuration hides where it puts the daemon. A command chooses by the name of what it asks for whether it ends with the mistake
/// (<see cref="FindLocation"/>, <see cref="Locations"/>), or goes on with the usual places (<see cref="FindLocationDespiteMistake"/>,
/// <see cref="LocationsDespiteMistake"/>): a daemon that was started before the mistake may listen there.
/// </remarks>
internal sealed class CommandContext(Surroundings around)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What a daemon that has hung up gets to be gone.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    private ConfigurationResult? configuration;
    private SocketLocations? locations;
    private SocketLocation? location;

    public Surroundings Around => around;

    /// <summary>The person's file, or what is wrong with it; the defaults where there is none.</summary>
    public ConfigurationResult Configuration => configuration ??= ConfigurationFile.LoadUsual(around);

    /// <summary>What is wrong with the configuration; null when nothing is.</summary>
    public Failure? Mistake => HasConfiguration && Configuration.Error is { } error ? DaemonFailure.Of(error) : null;

    /// <summary>The places where the daemon may be; null with a mistake in the configuration.</summary>
    public SocketLocations? Locations => Mistake is null ? LocationsDespiteMistake : null;

    /// <summary>The places where the daemon may be; the usual ones with a mistake in the configuration.</summary>
    public SocketLocations LocationsDespiteMistake =>
        locations ??= SocketLocations.Find(around, HasConfiguration ? Configuration.Configuration?.Socket : null);

    /// <summary>Of <see cref="LocationsDespiteMistake"/>, where the daemon is or would be; null when no place is fit.</summary>
    public SocketLocation? LocationDespiteMistake => location ??= LocationsDespiteMistake.Choose();

    /// <summary>HOME belongs to another user: nothing is created or started there, though a daemon of theirs may answer root.</summary>
    public bool HomeIsForeign => LocationsDespiteMistake.HomeIsForeign;

    /// <summary>What keeps a daemon from being started here, whoever asks for it; null when nothing does.</summary>
    public Failure? StartObstacle =>
        Mistake ?? (HomeIsForeign ? DaemonFailure.ForeignHome(ExitCode.Failed) : FindLocationDespiteMistake().Failure);

    /// <summary>Nothing of the configuration is made where there is no file: a login waits for its <c>init</c>.</summary>
    private bool HasConfiguration =>
        configuration is not null || (ConfigurationFile.PathIn(around) is { } file && FileStatus.TryReadTarget(file, out _) >= 0);

    public static CommandContext Read() => new(Surroundings.Read());

    /// <summary>For a command that outlives the daemon: the next one may listen elsewhere, or be configured otherwise.</summary>
    public CommandContext ReadAgain() => new(around);

    /// <summary>Where the daemon is or would be; with a mistake in the configuration, the mistake.</summary>
    /// <param name="exitCode">Of the failure when no place is fit.</param>
    public (SocketLocation? Location, Failure? Failure) FindLocation(int exitCode = ExitCode.Failed) =>
        Mistake is { } mistake ? (null, mistake) : FindLocationDespiteMistake(exitCode);

    /// <summary>Where the daemon is or would be; with a mistake in the configuration, at the usual places.</summary>
    /// <param name="exitCode">Of the failure when no place is fit.</param>
    public (SocketLocation? Location, Failure? Failure) FindLocationDespiteMistake(int exitCode = ExitCode.Failed) =>
        LocationDespiteMistake is { } found ? (found, null) : (null, DaemonFailure.NoPlace(LocationsDespiteMistake, exitCode));

    /// <summary>Asks one question, for at most five seconds.</summary>
    /// <param name="mayStart">As for <see cref="Connect(bool)"/>.</param>
    public DaemonAnswer Ask(ControlRequest request, bool mayStart = true) => Ask(request, AnswerTimeout, mayStart);

    /// <param name="patience">How long the answer may take; null for no end.</param>
    /// <param name="mayStart">As for <see cref="Connect(bool)"/>.</param>
    public DaemonAnswer Ask(ControlRequest request, TimeSpan? patience, bool mayStart = true) =>
        Ask(FindLocation(ExitCode.DaemonNotReachable), request, patience, mayStart);

    /// <summary>Asks one question, for at most five seconds, and starts nothing; with a mistake in the configuration, at the usual places.</summary>
    public DaemonAnswer AskDespiteMistake(ControlRequest request) =>
        Ask(FindLocationDespiteMistake(ExitCode.DaemonNotReachable), request, AnswerTimeout, mayStart: false);

    /// <summary>A connection for several questions, or for one with several answers.</summary>
    /// <param name="mayStart">Start the daemon if it does not run and this is a place where it may be started.</param>
    public (ControlClient? Client, Failure? Failure) Connect(bool mayStart) =>
        Connect(FindLocation(ExitCode.DaemonNotReachable), AnswerTimeout, mayStart, out _);

    /// <summary>Starts the daemon and connects to it. Where it listens then is where the daemon is, for this context as well.</summary>
    /// <param name="startPatience">How long it may take to say that it listens.</param>
    /// <param name="connectPatience">How long a connection to it may take, and each answer after it.</param>
    /// <param name="client">Null when it listens nowhere, or was too late.</param>
    public StartOutcome Start(TimeSpan startPatience, TimeSpan connectPatience, out ControlClient? client)
    {
        StartOutcome outcome = DaemonStarter.Start(startPatience);
        location = LocationsDespiteMistake.FindDaemon(connectPatience, out client) ?? location;
        return outcome;
    }

    /// <summary>Whether a daemon may be started here without a person having asked for it.</summary>
    /// <param name="hasVariables">As for <see cref="StartRule.Decide"/>.</param>
    public bool MayStart(Ancestry ancestry, bool hasVariables) =>
        StartRule.Decide(HomeIsForeign, CurrentProcess.IsInPrivateUserNamespace, ancestry, hasVariables) == StartPermission.Granted;

    private DaemonAnswer Ask((SocketLocation? Location, Failure? Failure) found, ControlRequest request, TimeSpan? patience, bool mayStart)
    {
        TimeSpan connectPatience = patience < AnswerTimeout ? patience.Value : AnswerTimeout;
        (ControlClient? client, Failure? failure) = Connect(found, connectPatience, mayStart, out ControlOutcome outcome);
        using (client)
        {
            if (client is null)
            {
                return new DaemonAnswer(outcome, null, failure);
            }

            client.Expect(patience);
            outcome = client.TryAsk(request, out ControlReply? reply);
            if (outcome == ControlOutcome.NoAnswer && client.HasEnded)
            {
                ProcessEnd.Await(client.DaemonPid, EndTimeout); // until then it holds the lock, and the next one cannot start
            }

            return outcome != ControlOutcome.Answered ? new DaemonAnswer(outcome, null, DaemonFailure.Of(outcome, LocationDespiteMistake!))
                : reply!.Error is { } error ? new DaemonAnswer(outcome, null, DaemonFailure.Of(error))
                : new DaemonAnswer(outcome, reply, null);
        }
    }

    private (ControlClient? Client, Failure? Failure) Connect(
        (SocketLocation? Location, Failure? Failure) found, TimeSpan patience, bool mayStart, out ControlOutcome outcome)
    {
        outcome = ControlOutcome.NotReachable;
        if (found.Location is null)
        {
            return (null, found.Failure);
        }

        outcome = found.Location.TryConnect(patience, out ControlClient? client);
        if (outcome == ControlOutcome.NotReachable && mayStart && MayStart(Ancestry.Read(), Surroundings.Variable("SSH_CONNECTION") is not null))
        {
            _ = Start(DaemonStarter.CommandTimeout, patience, out client);
            outcome = client is null ? outcome : ControlOutcome.Answered;
        }

        return client is null ? (null, DaemonFailure.Of(outcome, LocationDespiteMistake!)) : (client, null);
    }
}
