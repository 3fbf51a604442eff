using Fairlead.Client;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Files;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Gathers all that the checks judge: reads files, asks the daemon if it runs, and changes nothing.</summary>
internal sealed class FactGatherer
{
    private readonly CommandContext context;
    private readonly Surroundings around;
    private readonly DaemonLocation? location;
    private readonly Ancestry ancestry = Ancestry.Read();
    private readonly SigningFacts? signing;
    private readonly DaemonFacts daemon;
    private readonly string[] users;

    public FactGatherer(CommandContext context)
    {
        this.context = context;
        around = context.Around;
        location = context.LocationDespiteMistake;
        signing = SigningReader.Read(Home, "."); // a name: the folder itself may be gone
        users = [.. UserNames.Of(around.Uid, TextFile.Lines("/etc/passwd"), Surroundings.Variable)];
        daemon = new DaemonReader(context).Read(signing is not null, users.FirstOrDefault(""));
    }

    private string Home => around.Home ?? "/";

    public DoctorFacts Gather()
    {
        ShellKind shell = Shells.Nearest(ancestry, Surroundings.Variable("SHELL"));
        return new DoctorFacts
        {
            Shell = ReadShell(new ShellLines(shell, TypedPath.Of(TypedProgram.Own, Home))),
            Place = ReadPlace(),
            Daemon = daemon,
            RcFiles = RcFileReader.Read(shell, Home, Surroundings.Variable),
            Ssh = SshFactsReader.Read(Home, Look, ancestry),
            SessionLines = new SessionFileReader(Home, Look).Read(Surroundings.Variable),
            GitSsh = new GitSshReader(Home, Look).Read(".", Surroundings.Variable),
            Tmux = TmuxReader.Read(Surroundings.Variable("TMUX"), Look),
            OldProcesses = StalePathProcessSearch.Find(around.Uid, new ListeningPaths(KnownSockets()), ancestry),
            HasPolicy = context.Configuration.Configuration is { } policy && (policy.Rules.Count > 0 || policy.LogTo is not null),
            RuleDoubts = context.Configuration.Configuration is { } configuration ? RuleDoubt.In(configuration) : [],
            Signing = signing,
            Programs = ReadPrograms(),
            Users = users,
            Host = TextFile.Read("/proc/sys/kernel/hostname")?.Trim() ?? "",
        };
    }

    private ShellFacts ReadShell(ShellLines lines)
    {
        string? agent = Surroundings.Variable("SSH_AUTH_SOCK");
        return new ShellFacts
        {
            Lines = lines,
            Agent = agent,
            Listener = Look(agent),
            IsHealed = IsHealed(agent),
            IsStrangers = agent is not null && FileStatus.TryReadTarget(agent, out FileStatus status) >= 0 && status.Uid != around.Uid && status.Uid != 0,
            InSession = ancestry.IsInSession(Surroundings.Variable("SSH_CONNECTION") is not null),
            InMosh = ancestry.Processes.Any(process => process.Command == "mosh-server"),
            StaleVariables =
            [
                .. from variable in daemon.Environment?.Variables ?? []
                   where Surroundings.Variable(variable.Name) != variable.Value
                   select variable.Name,
            ],
            Ancestors = [.. ancestry.Processes.Select(process => process.Parent)],
        };
    }

    private bool IsHealed(string? path) => daemon.Status?.Healed.Any(healed => healed.Socket == path) == true;

    /// <summary>What the daemon knows of a path is not asked again of the agent there.</summary>
    private SocketOwner Look(string? path) =>
        IsHealed(path) ? SocketOwner.Ourselves
        : daemon.Status?.Agents.FirstOrDefault(agent => agent.Socket == path) is { } known && known.LoginPid is not null ? SocketOwner.Login
        : ListenerProbe.Look(path, OwnSockets, daemon.Status?.DaemonPid ?? 0, ancestry, around);

    /// <summary>Those of other daemons of ours, too.</summary>
    private IEnumerable<string> OwnSockets => context.OwnSockets.Concat(daemon.Others.Select(other => other.Socket).OfType<string>());

    private HashSet<string> KnownSockets() =>
    [
        .. daemon.Status?.Agents.Select(agent => agent.Socket) ?? [],
        .. daemon.Status?.Healed.Select(healed => healed.Socket) ?? [],
        .. daemon.Status is { } status ? [status.Socket] : Array.Empty<string>(),
    ];

    private LocationFacts ReadPlace() => new()
    {
        Socket = location?.Socket,
        Failure = context.StartObstacle,
        Listener = location is null || daemon.StartsOnDemand ? SocketListener.Unknown : SocketListenerReader.Read(location.Socket, around.Uid, daemon.Status is not null),
        NotInHome = location?.Agent.Source is LocationSource.RuntimeFolder or LocationSource.TemporaryFolder ? WhyNotInHome() : null,
        HomeIsRemote = location?.Agent.Source == LocationSource.Home && FileSystem.MayBlock(Home),
        HasOwnHome = around.Home is not null && !context.HomeIsForeign,
        Home = Home,
    };

    private string WhyNotInHome() =>
        context.Locations.Sockets.FirstOrDefault(other => other.Source == LocationSource.Home)?.LookForRoom() is not { } verdict ? "there is no home"
        : verdict.IsUsableOrCanBe ? "the home took no socket when the daemon started"
        : verdict.Describe();

    private ProgramVersions ReadPrograms() => new()
    {
        Fairlead = ProgramVersion.Build,
        Daemon = daemon.Status?.Build ?? daemon.Status?.DaemonVersion,
        Kernel = TextFile.Read("/proc/sys/kernel/osrelease")?.Trim(),
        OpenSsh = ProgramSearch.AskError("ssh", "-V")?.Split(',')[0],
        Tmux = ProgramSearch.Ask("tmux", "-V"),
        Git = ProgramSearch.Ask("git", "--version"),
    };
}
