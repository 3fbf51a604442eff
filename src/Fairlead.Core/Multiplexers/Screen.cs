using System.Globalization;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>screen(1), whose server has one session and holds the terminal of each client open.</summary>
internal sealed class Screen : Multiplexer
{
    public static readonly Screen Instance = new();

    /// <summary>"PID.NAME", the server's pid and the session's name. It stays the same if the session is renamed later.</summary>
    private const string SessionVariable = "STY";

    /// <summary>Names the folder of the sockets if it is not the usual one (screen(1)).</summary>
    private const string FolderVariable = "SCREENDIR";

    /// <summary>The parent of a folder for each user, "S-al", as distributions build it.</summary>
    private static readonly string[] SharedFolders = ["/run/screen", "/run/screens", "/tmp/screens", "/tmp/uscreens"];

    private Screen()
    {
    }

    public override string Name => "screen";

    public override bool EndsClimb => true;

    public override string Variable => SessionVariable;

    public override string PaneVariable => "WINDOW";

    /// <summary>Server and clients share a name, but the server has no terminal.</summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids) =>
        process is { Command: "screen", HasTerminal: false };

    public override int ServerNamedBy(string value) => ServerPid(value);

    /// <summary>The file has the name of the session: "PID.NAME".</summary>
    public override int? ServerOfSocket(string name) => ServerPid(name);

    public override IEnumerable<string> SocketFolders(string home) =>
        [Path.Join(home, ".screen"), .. SharedFolders.SelectMany(folder => OpenDirectory.PathsIn(folder, "S-"u8, CurrentProcess.Uid))];

    /// <summary>Its open terminals; if they cannot be read, because it is setgid, its front ends.</summary>
    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left)
    {
        string[]? environment = ProcessFile.ReadEnvironment(server.PanePid);
        string? name = SessionIn(EnvironmentBlock.Find(environment, SessionVariable), server.Pid);
        if (ProcessDescriptors.CanRead(server.Pid))
        {
            return new MultiplexerAnswer([""], HeldTerminals.Read(server.Pid)) { Names = name is null ? null : [name] };
        }

        ScreenSession[] sessions = ScreenSession.Find(FoldersOf(environment));
        ScreenSession? session = Array.Find(sessions, session => session.Server == server.Pid);
        MultiplexerClient[] clients = FrontEnds(server.Pid, sessions);
        bool isSeen = clients.Length > 0 || session is { IsAttached: false };
        name ??= session?.Name;
        return new MultiplexerAnswer([""], clients)
        {
            Obstacle = isSeen ? Obstacle.None : Obstacles.Of(server.Pid, Obstacle.ClosedFiles),
            Names = name is null ? null : [name],
        };
    }

    public override IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server) =>
        ProcessDescriptors.CanRead(server.Pid) ? HeldTerminals.Read(server.Pid) : FrontEnds(server.Pid, ScreenSession.Find(FoldersOf(null)));

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        [Ask(server, programs, left)];

    /// <summary>None for another user's server, and for a session that says that it is detached.</summary>
    private static MultiplexerClient[] FrontEnds(int server, ScreenSession[] sessions) =>
        Array.Exists(sessions, session => session.Server == server && !session.IsAttached) || !ProcessStatus.IsOf(server, CurrentProcess.Uid)
            ? []
            : [.. ScreenFrontEnd.Of(server, sessions, ScreenFrontEnd.Find(ProcessList.ReadOf(CurrentProcess.Uid))).Select(frontEnd => frontEnd.Client)];

    private IEnumerable<string> FoldersOf(string[]? environment) => EnvironmentBlock.Find(environment, FolderVariable) is ['/', ..] chosen
        ? [chosen]
        : SocketFolders(Environment.GetEnvironmentVariable("HOME") is ['/', ..] home ? home : "/");

    /// <summary>The server in such a value or file name; 0 for anything else.</summary>
    internal static int ServerPid(string? value) =>
        int.TryParse(value?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>The session of that server in such a value. Any parent can give a process any value, also one without a name.</summary>
    internal static string? SessionIn(string? value, int server) =>
        ServerPid(value) == server && value!.Split('.', 2) is [_, var name] ? name : null;
}
