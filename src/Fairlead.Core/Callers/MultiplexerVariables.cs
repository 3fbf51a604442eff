using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>
/// The multiplexer that the environment of a caller names: one that was reparented (nohup, setsid, a ControlMaster gone to the background) has none
/// above it any more, but still belongs to its pane.
/// </summary>
internal static class MultiplexerVariables
{
    /// <returns>Null when it names none, or none that still runs.</returns>
    public static MultiplexerServer? Find(int caller)
    {
        string[]? environment = ProcessFile.ReadEnvironment(caller);
        MultiplexerServer? tmux = Running(
            TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name))?.ServerPid ?? 0, MultiplexerKind.Tmux, caller);
        MultiplexerServer? screen = Running(ScreenVariable.ServerPid(EnvironmentBlock.Find(environment, ScreenVariable.Name)), MultiplexerKind.Screen, caller);

        // Both: one was started inside the other, and handed on the other's variable as it had inherited it.
        return tmux is not null && screen is not null && EnvironmentBlock.Find(ProcessFile.ReadEnvironment(screen.Pid), TmuxVariable.Name) is not null
            ? screen
            : tmux ?? screen;
    }

    private static MultiplexerServer? Running(int pid, MultiplexerKind kind, int caller) =>
        pid > 0 && ProcessStat.TryRead(pid, out ProcessStat stat) && Multiplexer.KindOf(stat) == kind
        && FileStatus.TryRead($"/proc/{pid}", out FileStatus status) >= 0 && status.Uid == CurrentProcess.Uid
            ? new MultiplexerServer(pid, stat.Started, kind, caller)
            : null;
}
