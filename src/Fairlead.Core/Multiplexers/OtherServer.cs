using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>Any server that is not known by name: zellij, dtach, abduco, emacs --daemon. Only its behaviour identifies it.</summary>
internal sealed class OtherServer : Multiplexer
{
    public static readonly OtherServer Instance = new();

    private OtherServer()
    {
    }

    public override string Name => "multiplexer";

    public override bool EndsClimb => false;

    public override string? Variable => null;

    public override string? PaneVariable => null;

    /// <summary>
    /// It has no terminal and gave its child a terminal and a session of its own, as a login's session process also does. A job of nohup or
    /// setsid has no such children: their ancestors stay. Without the logins nothing counts as such a server.
    /// </summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids)
    {
        bool isServer = !process.HasTerminal && process.Session == process.Pid && below.HasTerminal && below.Session == below.Pid;
        bool isLogin = loginPids is null || loginPids.Contains(process) || loginPids.IsServer(process.Pid)
            || process.Command.StartsWith("sshd", StringComparison.Ordinal);
        return isServer && !isLogin;
    }

    public override int ServerNamedBy(string value) => 0;

    /// <summary>A socket alone identifies none.</summary>
    public override int? ServerOfSocket(string name) => 0;

    public override IEnumerable<string> SocketFolders(string home) => [];

    /// <summary>
    /// Its open terminals; if it holds none, the programs at the other end of its sockets. Its sessions have no known names.
    /// </summary>
    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left)
    {
        IReadOnlyList<MultiplexerClient> held = HeldTerminals.Read(server.Pid);
        return new MultiplexerAnswer([""], held.Count == 0 ? SocketClients.Read(server.Pid) : held)
        {
            Obstacle = Obstacles.OfFiles(server.Pid, isSeen: held.Count > 0),
        };
    }

    public override IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server) => HeldTerminals.Read(server.Pid);

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        [Ask(server, programs, left)];
}
