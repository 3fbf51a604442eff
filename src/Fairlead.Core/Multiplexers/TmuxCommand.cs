namespace Fairlead.Core.Multiplexers;

/// <summary>The arguments of a tmux command for one server.</summary>
internal static class TmuxCommand
{
    /// <returns>The program's name first; null when the server's socket is not known.</returns>
    public static string[]? For(MultiplexerServer server, params ReadOnlySpan<string> words) =>
        MultiplexerSocket.PathOf(server.Pid) is string path ? ["tmux", "-S", path, .. words] : null;
}
