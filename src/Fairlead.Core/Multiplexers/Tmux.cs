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

    /// <summary>The name that tmux gives its server process.</summary>
    public override bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids) => process.Command == "tmux: server";

    public override int ServerNamedBy(string value) => TmuxVariable.Parse(value)?.ServerPid ?? 0;

    public override int? ServerOfSocket(string name) => null;

    public override IEnumerable<string> SocketFolders(string home) => [$"/tmp/tmux-{CurrentProcess.Uid}"];

    /// <summary>
    /// What it does not say, its open terminals show; but they may show other sessions. This is the case for jobs that belong to no
    /// session: pipe-pane, "#()" in a status line.
    /// </summary>
    public override MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left)
    {
        string[]? environment = ProcessFile.ReadEnvironment(server.PanePid);
        TmuxVariable? variable = TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name));
        variable = variable?.ServerPid == server.Pid ? variable : null;
        string? pane = EnvironmentBlock.Find(environment, TmuxVariable.PaneName) is ['%', ..] named ? named : null;
        TmuxReport? report = Report(server, programs, left, variable?.Socket, pane ?? variable?.Session);
        if (report is null && pane is not null)
        {
            // The pane may have been closed: if asked for a pane that does not exist, tmux answers nothing at all.
            report = Report(server, programs, left, variable?.Socket, variable?.Session);
        }

        return report?.AnswerFor(pane, server.PanePid, variable?.Session)
            ?? new MultiplexerAnswer([""], HeldTerminals.Read(server.Pid)) { Obstacle = Obstacles.Of(server.Pid, Obstacle.NoAnswer), Names = null };
    }

    public override IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left) =>
        Report(server, programs, left, socket: null, place: null)?.AnswersBySession() ?? [];

    public override IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server) => HeldTerminals.Read(server.Pid);

    private static TmuxReport? Report(MultiplexerServer server, ServerPrograms programs, TimeSpan left, string? socket, string? place)
    {
        string? output = programs.Ask(
            server, left, () => (socket ?? MultiplexerSocket.PathOf(server.Pid)) is string path ? ["tmux", "-S", path, .. TmuxReport.Queries(place)] : null);
        return output is null ? null : TmuxReport.Parse(output);
    }
}
