using System.Globalization;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>screen(1), whose server has one session and holds the terminal of each client open.</summary>
internal sealed class Screen : Multiplexer
{
    public static readonly Screen Instance = new();

    /// <summary>"PID.NAME", the server's pid and the session's name. A session that is renamed later keeps it.</summary>
    private const string SessionVariable = "STY";

    /// <summary>Where there is a folder for each user, "S-al", as distributions build it.</summary>
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

    /// <summary>The file is called like the session: "PID.NAME".</summary>
    public override int? ServerOfSocket(string name) => ServerPid(name);

    public override IEnumerable<string> SocketFolders(string home) =>
        [Path.Join(home, ".screen"), .. SharedFolders.SelectMany(folder => OpenDirectory.PathsIn(folder, "S-"u8))];

    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left)
    {
        IReadOnlyList<MultiplexerClient> held = HeldTerminals.Read(server.Pid);
        return new MultiplexerAnswer([""], held)
        {
            IsKnown = held.Count > 0 || ProcessDescriptors.CanRead(server.Pid),
            Names = NameOf(server) is string name ? [name] : null,
        };
    }

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        [Ask(server, programs, left)];

    /// <summary>The server in such a value or file name; 0 for anything else.</summary>
    internal static int ServerPid(string? value) =>
        int.TryParse(value?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>The session of that server in such a value. Whoever starts a process can give it any value: without a name, too.</summary>
    internal static string? SessionIn(string? value, int server) =>
        ServerPid(value) == server && value!.Split('.', 2) is [_, var name] ? name : null;

    /// <summary>The name of the session; the same name may be another server's.</summary>
    /// <returns>Null when the first process of the window has ended, or has another server's variable.</returns>
    private static string? NameOf(MultiplexerServer server) =>
        SessionIn(EnvironmentBlock.Find(ProcessFile.ReadEnvironment(server.PanePid), SessionVariable), server.Pid);
}
