using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// An editor's or coding agent's server: it outlives the login that started it, and programs connect to its unix socket, through <c>ssh -T
/// host proxy</c> or with a client like emacsclient. The programs that it starts have no terminal of their own (git below magit), so only
/// the connections from programs of logins distinguish it from a job of nohup or setsid.
/// </summary>
internal sealed class ConnectedServer : Multiplexer
{
    public static readonly ConnectedServer Instance = new();

    /// <summary>
    /// All of a person's logins connect to these, but not for the programs that they start: the service manager and the message bus. A
    /// shared ssh connection, an agent and an SSH server's own process belong to the login that started them.
    /// </summary>
    private static readonly string[] NoServers = ["systemd", "init", "dbus-", "ssh", "gpg-agent", "dropbear", "Xorg", "Xwayland", "Xvnc"];

    private ConnectedServer()
    {
    }

    public override string Name => "server";

    public override bool EndsClimb => false;

    public override string? Variable => null;

    public override string? PaneVariable => null;

    /// <summary>These facts cannot show it: see <see cref="MayBe"/>.</summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids) => false;

    /// <summary>
    /// Whether its connections are worth a look. Within a login, only a process that began a session of its own is read, as servers do: a
    /// plain login has none of these.
    /// </summary>
    /// <param name="isBelowLogin">The caller descends from a login, and this process with it.</param>
    public static bool MayBe(ProcessStat process, LoginPids loginPids, bool isBelowLogin) =>
        !process.HasTerminal
        && !loginPids.Contains(process) && !loginPids.IsServer(process.Pid)
        && !(isBelowLogin && (process.Session != process.Pid || loginPids.Contains(process.Parent)))
        && !Array.Exists(NoServers, name => process.Command.StartsWith(name, StringComparison.Ordinal));

    public override int ServerNamedBy(string value) => 0;

    /// <summary>A socket alone identifies none.</summary>
    public override int? ServerOfSocket(string name) => 0;

    public override IEnumerable<string> SocketFolders(string home) => [];

    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left) => new([""], SocketClients.Read(server.Pid));

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        [Ask(server, programs, left)];

    public override IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server) => SocketClients.Read(server.Pid);
}
