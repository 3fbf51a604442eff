using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>Any server that is not known by name: zellij, dtach, abduco, emacs --daemon. What it does is all that tells it.</summary>
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
    /// It has no terminal and gave the one below a terminal and a session of its own, as a login's session process does, too. A job of nohup or setsid
    /// has no such children: its ancestors stay. Without the logins nothing is such a server.
    /// </summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids)
    {
        bool isServer = !process.HasTerminal && process.Session == process.Pid && below.HasTerminal && below.Session == below.Pid;
        bool isLogin = loginPids is null || loginPids.Contains(process) || loginPids.IsServer(process.Pid)
            || process.Command.StartsWith("sshd", StringComparison.Ordinal);
        return isServer && !isLogin;
    }

    public override int ServerNamedBy(string value) => 0;

    /// <summary>By a socket alone none is recognised.</summary>
    public override int? ServerOfSocket(string name) => 0;

    public override IEnumerable<string> SocketFolders(string home) => [];

    /// <summary>Its open terminals; of one that holds none, who is at the other end of its sockets. Its sessions have no names that are known.</summary>
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
