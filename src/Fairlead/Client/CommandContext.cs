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
/// Where a daemon runs is asked. Where one would be depends on the configuration, and a mistake in that hides it. A command chooses by the name of what it asks
/// for whether it ends with the mistake (<see cref="FindLocation"/>), or goes on with the usual places (<see cref="FindLocationDespiteMistake"/>).
/// </remarks>
internal sealed class CommandContext(Surroundings around)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What a daemon that has hung up gets to be gone.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    private ConfigurationResult? configuration;
    private DaemonLocations? usual;
    private DaemonLocations? locations;
    private StateLocation? foundState;
    private string? foundSocket;
    private DaemonLocation? location;

    public Surroundings Around => around;

    /// <summary>The person's file, or what is wrong with it; the defaults where there is none.</summary>
    public ConfigurationResult Configuration => configuration ??= ConfigurationFile.LoadUsual(around);

    /// <summary>Every mistake in the configuration; null when there is none.</summary>
    public Failure? Mistake => HasConfiguration && Configuration.Errors is [_, ..] errors ? DaemonFailure.Of(errors) : null;

    /// <summary>The places where the daemon may be; the usual ones with a mistake in the configuration.</summary>
    public DaemonLocations Locations =>
        locations ??= (HasConfiguration ? Configuration.Configuration?.Socket : null) is { } chosen ? DaemonLocations.Find(around, chosen) : Usual;

    /// <summary>
    /// Where the daemon is, or would be: of <see cref="Locations"/>, so at the usual places with a mistake in the configuration. Null when none runs and no place
    /// is fit.
    /// </summary>
    public DaemonLocation? LocationDespiteMistake
    {
        get
        {
            if (location is null)
            {
                location = foundState is not null ? Locations.At(foundState, foundSocket)
                    : DaemonSearch.Locate(Locations) is { } state ? Locations.At(state, state.ReadSocket()) : Locations.Choose();
            }

            return location;
        }
    }

    /// <summary>
    /// The agent socket of <see cref="LocationDespiteMistake"/>. The daemon that was found names it, so the configuration is not read for it: that would
    /// take a third of the time of a login's <c>init</c>, without what the runtime needs.
    /// </summary>
    public string? SocketDespiteMistake => foundSocket ?? LocationDespiteMistake?.Socket;

    /// <summary>The place of the files of <see cref="LocationDespiteMistake"/>; the configuration is not read for it if a daemon was found.</summary>
    public StateLocation? StateDespiteMistake => foundState ?? LocationDespiteMistake?.State;

    /// <summary>The paths that fairlead's agent socket has or may have here.</summary>
    public IEnumerable<string> OwnSockets =>
        Locations.Sockets.Select(place => place.Socket).Concat(LocationDespiteMistake is { } here ? [here.Socket] : Array.Empty<string>());

    /// <summary>
    /// The socket that the found daemon names, and the usual places; the configuration is not read. Without such a daemon, <see cref="OwnSockets"/>.
    /// </summary>
    public IEnumerable<string> OwnSocketsOfFound =>
        foundSocket is not null ? [foundSocket, .. Usual.Sockets.Select(place => place.Socket)] : OwnSockets;

    /// <summary>HOME belongs to another user: nothing is created or started there, though a daemon of theirs may answer root.</summary>
    public bool HomeIsForeign => Usual.HomeIsForeign;

    /// <summary>What keeps a daemon from being started here, whoever asks for it; null when nothing does.</summary>
    public Failure? StartObstacle =>
        Mistake ?? (HomeIsForeign ? DaemonFailure.ForeignHome(ExitCode.Failed) : FindLocationDespiteMistake().Failure);

    /// <summary>The places without a configuration. It moves the agent socket only, so they have a daemon's state as well.</summary>
    private DaemonLocations Usual => usual ??= DaemonLocations.Find(around);

    /// <summary>Nothing of the configuration is made where there is no file: a login waits for its <c>init</c>.</summary>
    private bool HasConfiguration =>
        configuration is not null || (ConfigurationFile.PathIn(around) is { } file && FileStatus.TryReadTarget(file, out _) >= 0);

    public static CommandContext Read() => new(Surroundings.Read());

    /// <summary>For a command that outlives the daemon: the next one may listen elsewhere, or be configured otherwise.</summary>
    public CommandContext ReadAgain() => new(around);

    /// <summary>Where the daemon is or would be; with a mistake in the configuration, the mistake.</summary>
    /// <param name="exitCode">Of the failure when no place is fit.</param>
    public (DaemonLocation? Location, Failure? Failure) FindLocation(int exitCode = ExitCode.Failed) =>
        Mistake is { } mistake ? (null, mistake) : FindLocationDespiteMistake(exitCode);

    /// <summary>Where the daemon is or would be; with a mistake in the configuration, at the usual places.</summary>
    /// <param name="exitCode">Of the failure when no place is fit.</param>
    public (DaemonLocation? Location, Failure? Failure) FindLocationDespiteMistake(int exitCode = ExitCode.Failed) =>
        !FileLock.AreSupported ? (null, DaemonFailure.OldKernel(exitCode))
        : LocationDespiteMistake is { } found ? (found, null) : (null, DaemonFailure.NoPlace(Locations, exitCode));

    /// <summary>Looks for the daemon, which a mistake in the configuration does not hide. Where it is found is where it is, for this context as well.</summary>
    /// <param name="patience">How long a connection to it may take, and each answer after it.</param>
    public FoundDaemon Find(TimeSpan patience)
    {
        FoundDaemon found = DaemonSearch.Find(Usual, () => Locations, patience);
        if (found.IsThere)
        {
            foundState = found.State;
            foundSocket = found.State.ReadSocket();
            location = null;
        }

        return found;
    }

    /// <summary>Asks one question, for at most five seconds.</summary>
    /// <param name="mayStart">As for <see cref="Connect(bool)"/>.</param>
    public DaemonAnswer Ask(ControlRequest request, bool mayStart = true) => Ask(request, AnswerTimeout, mayStart);

    /// <param name="patience">How long the answer may take; null for no end.</param>
    /// <param name="mayStart">As for <see cref="Connect(bool)"/>.</param>
    public DaemonAnswer Ask(ControlRequest request, TimeSpan? patience, bool mayStart = true) =>
        Mistake is { } mistake ? new DaemonAnswer(ControlOutcome.NotReachable, null, mistake) : AskDespiteMistake(request, patience, mayStart);

    /// <summary>Asks one question, for at most five seconds, and starts nothing; with a mistake in the configuration, at the usual places.</summary>
    public DaemonAnswer AskDespiteMistake(ControlRequest request) => AskDespiteMistake(request, AnswerTimeout, mayStart: false);

    /// <summary>A connection for several questions, or for one with several answers.</summary>
    /// <param name="mayStart">Start the daemon if it does not run and this is a place where it may be started.</param>
    public (ControlClient? Client, Failure? Failure) Connect(bool mayStart) =>
        Mistake is { } mistake ? (null, mistake) : Connect(AnswerTimeout, mayStart, out _);

    /// <summary>Starts the daemon and connects to it. Where it listens then is where the daemon is, for this context as well.</summary>
    /// <param name="startPatience">How long it may take to say that it listens.</param>
    /// <param name="connectPatience">How long a connection to it may take, and each answer after it.</param>
    /// <param name="client">Null when it listens nowhere, or was too late.</param>
    public StartOutcome Start(TimeSpan startPatience, TimeSpan connectPatience, out ControlClient? client)
    {
        StartOutcome outcome = DaemonStarter.Start(startPatience);
        client = Find(connectPatience).Client;
        return outcome;
    }

    /// <summary>Whether a daemon may be started here without a person having asked for it.</summary>
    /// <param name="hasVariables">As for <see cref="StartRule.Decide"/>.</param>
    public bool MayStart(Ancestry ancestry, bool hasVariables) =>
        StartRule.Decide(HomeIsForeign, CurrentProcess.IsInPrivateUserNamespace, ancestry, hasVariables) == StartPermission.Granted;

    private DaemonAnswer AskDespiteMistake(ControlRequest request, TimeSpan? patience, bool mayStart)
    {
        TimeSpan connectPatience = patience < AnswerTimeout ? patience.Value : AnswerTimeout;
        (ControlClient? client, Failure? failure) = Connect(connectPatience, mayStart, out ControlOutcome outcome);
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

            return outcome == ControlOutcome.NotUnderstood ? new DaemonAnswer(outcome, null, DaemonFailure.OtherVersion(client.AskBuild()))
                : outcome != ControlOutcome.Answered ? new DaemonAnswer(outcome, null, DaemonFailure.Of(outcome, foundState!, client.DaemonPid))
                : reply!.Error is { } error ? new DaemonAnswer(outcome, null, DaemonFailure.Of(error))
                : new DaemonAnswer(outcome, reply, null);
        }
    }

    private (ControlClient? Client, Failure? Failure) Connect(TimeSpan patience, bool mayStart, out ControlOutcome outcome)
    {
        (outcome, StateLocation state, ControlClient? client) = Find(patience);
        bool maybeNoneRuns = outcome is ControlOutcome.NotReachable or ControlOutcome.NotOurs;
        if (maybeNoneRuns && mayStart && MayStart(Ancestry.Read(), Surroundings.Variable("SSH_CONNECTION") is not null))
        {
            _ = Start(DaemonStarter.CommandTimeout, patience, out client);
            outcome = client is null ? outcome : ControlOutcome.Answered;
        }

        return client is not null ? (client, null)
            : !FileLock.AreSupported ? (null, DaemonFailure.OldKernel(ExitCode.DaemonNotReachable))
            : maybeNoneRuns && Locations.Choose() is null ? (null, DaemonFailure.NoPlace(Locations, ExitCode.DaemonNotReachable))
            : (null, DaemonFailure.Of(outcome, state));
    }
}
