using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

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
        MultiplexerServer? tmux = MultiplexerServer.Find(
            TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name))?.ServerPid ?? 0, MultiplexerKind.Tmux, caller);
        MultiplexerServer? screen = MultiplexerServer.Find(ScreenVariable.ServerPid(EnvironmentBlock.Find(environment, ScreenVariable.Name)), MultiplexerKind.Screen, caller);

        // Both: one was started inside the other, and handed on the other's variable as it had inherited it.
        return tmux is not null && screen is not null && EnvironmentBlock.Find(ProcessFile.ReadEnvironment(screen.Pid), TmuxVariable.Name) is not null
            ? screen
            : tmux ?? screen;
    }
}
