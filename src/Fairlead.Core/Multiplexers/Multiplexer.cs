using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// One program whose servers outlive the logins they show themselves on, and all that is its own about it. Each has one instance, which
/// <see cref="MultiplexerSearch.All"/> lists.
/// </summary>
/// <remarks>
/// It remembers nothing: what is noted of servers belongs to whoever asks. <see cref="ServerNamedBy"/>, <see cref="SocketFolders"/>, <see cref="Ask"/> and
/// <see cref="AskAll"/> may block: on the worker.
/// </remarks>
internal abstract class Multiplexer
{
    /// <summary>What a person calls it, in sentences and in --json.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether the climb from a caller to its login ends at its servers, because what tells them is certain: until it exits, a screen server's parent is
    /// the first screen client, whose login need not be where the person sits now. Where it does not, what is above the server stays until the server is
    /// seen to show itself somewhere.
    /// </summary>
    public abstract bool EndsClimb { get; }

    /// <summary>The variable that it sets for the first process of each pane and that leads to its server; null for none.</summary>
    public abstract string? Variable { get; }

    /// <summary>The variable that names the pane for a person: "%3" in tmux; null for none.</summary>
    public abstract string? PaneVariable { get; }

    /// <summary>Whether a process is a server of it. Asked of each process above a caller: from these facts alone.</summary>
    /// <param name="below">The child that the climb came from; the default where nothing was climbed.</param>
    /// <param name="loginPids">The session processes of the logins that have an agent; null when they are not known.</param>
    public abstract bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids);

    /// <summary>Whether a process is certainly a server of it, with nothing known of those around it.</summary>
    public bool IsServer(ProcessStat process) => IsServer(process, default, null);

    /// <summary>The pid of the server that a value of <see cref="Variable"/> leads to; 0 for none. Whoever starts a process can give it any value.</summary>
    public abstract int ServerNamedBy(string value);

    /// <summary>The pid of the server as the name of its socket's file tells it, 0 for none; null where no name does: then it is asked who listens there.</summary>
    public abstract int? ServerOfSocket(string name);

    /// <summary>The folders in which it usually keeps the sockets of its servers, whether they are there or not.</summary>
    public abstract IEnumerable<string> SocketFolders(string home);

    /// <summary>Where a server shows the caller below <see cref="MultiplexerServer.PanePid"/>.</summary>
    /// <param name="programs">Asks the server itself, where it answers questions.</param>
    /// <param name="left">How long an answer is waited for, at most.</param>
    public abstract MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left);

    /// <summary>The clients that a server shows any of its sessions to, without a question to the server. On the worker.</summary>
    public abstract IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server);

    /// <summary>Where a server shows each session that somebody is attached to. The first of an answer's sessions is what it is remembered by.</summary>
    /// <inheritdoc cref="Ask" path="/param"/>
    /// <returns>One answer a session; empty when the server does not answer.</returns>
    public abstract IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left);
}
