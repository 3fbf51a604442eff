using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>
/// Tells the servers that outlive the logins they show themselves on. They end the climb from a caller to its login: until it exits, a screen
/// server's parent is the first screen client, whose login need not be where the person sits now.
/// </summary>
internal static class Multiplexer
{
    /// <summary>
    /// tmux names its server process "tmux: server"; screen's server and clients share a name, but the server has no terminal.
    /// </summary>
    /// <returns>Null for a process that is no such server.</returns>
    public static MultiplexerKind? KindOf(ProcessStat process) => process switch
    {
        { Command: "tmux: server" } => MultiplexerKind.Tmux,
        { Command: "screen", HasTerminal: false } => MultiplexerKind.Screen,
        _ => null,
    };
}
