using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>tmux(1), which answers questions about clients, sessions and windows.</summary>
internal sealed class Tmux : Multiplexer
{
    public static readonly Tmux Instance = new();

    private Tmux()
    {
    }

    public override string Name => "tmux";

    public override bool EndsClimb => true;

    public override string Variable => TmuxVariable.Name;

    public override string PaneVariable => TmuxVariable.PaneName;

    /// <summary>It gives its server process a name of its own.</summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids) => process.Command == "tmux: server";

    public override int ServerNamedBy(string value) => TmuxVariable.Parse(value)?.ServerPid ?? 0;

    public override int? ServerOfSocket(string name) => null;

    public override IEnumerable<string> SocketFolders(string home) => [$"/tmp/tmux-{CurrentProcess.Uid}"];

    /// <summary>What it does not tell, its open terminals do; but those may show other sessions.</summary>
    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left)
    {
        string[]? environment = ProcessFile.ReadEnvironment(server.PanePid);
        TmuxVariable? variable = TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name));
        string? socket = variable?.ServerPid == server.Pid ? variable.Socket : null;
        string? pane = EnvironmentBlock.Find(environment, TmuxVariable.PaneName) is ['%', ..] named ? named : null;
        return Report(server, programs, left, socket, pane)?.AnswerFor(pane, server.PanePid)
            ?? new MultiplexerAnswer([""], HeldTerminals.Read(server.Pid)) { IsKnown = false, Names = null };
    }

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        Report(server, programs, left, socket: null, pane: null)?.AnswersBySession() ?? [];

    private static TmuxReport? Report(MultiplexerServer server, ServerPrograms programs, TimeSpan left, string? socket, string? pane)
    {
        string? output = programs.Ask(
            server, left, () => (socket ?? MultiplexerSocket.PathOf(server.Pid)) is string path ? ["tmux", "-S", path, .. TmuxReport.Queries(pane)] : null);
        return output is null ? null : TmuxReport.Parse(output);
    }
}
