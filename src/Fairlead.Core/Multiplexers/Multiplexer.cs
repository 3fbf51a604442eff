using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

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

    /// <summary>
    /// The same for a process that is climbed past, with the one below it: any other server that has no terminal and gave the one below a terminal and a
    /// session of its own (dtach, abduco, zellij, emacs --daemon), unless it is a login's session process, which does so, too. A job of nohup or setsid
    /// has no such children: its ancestors stay.
    /// </summary>
    /// <param name="loginPids">The session processes of the logins that have an agent; null when they are not known: then only tmux and screen are told.</param>
    public static MultiplexerKind? KindOf(ProcessStat process, ProcessStat below, IReadOnlySet<int>? loginPids)
    {
        bool isServer = !process.HasTerminal && process.Session == process.Pid && below.HasTerminal && below.Session == below.Pid;
        bool isLogin = loginPids is null || loginPids.Contains(process.Pid) || process.Command.StartsWith("sshd", StringComparison.Ordinal);
        return KindOf(process) ?? (isServer && !isLogin ? MultiplexerKind.Other : null);
    }
}
