using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// One program whose servers outlive the logins that show them, with everything specific to it. Each has one instance, which
/// <see cref="MultiplexerSearch.All"/> lists.
/// </summary>
/// <remarks>
/// It remembers nothing: notes of servers belong to its callers. <see cref="ServerNamedBy"/>, <see cref="SocketFolders"/>,
/// <see cref="Ask"/> and <see cref="AskAll"/> may block: run them on the worker.
/// </remarks>
internal abstract class Multiplexer
{
    /// <summary>Its name in sentences and in --json.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether the climb from a caller to its login ends at its servers, because they are identified with certainty: until it exits, a
    /// screen server's parent is the first screen client, and the person need not sit at that login now. If the climb does not end, the
    /// processes above the server stay until a terminal is seen to show the server.
    /// </summary>
    public abstract bool EndsClimb { get; }

    /// <summary>The variable that it sets for the first process of each pane and that identifies its server; null for none.</summary>
    public abstract string? Variable { get; }

    /// <summary>The variable with the pane's name for a person: "%3" in tmux; null for none.</summary>
    public abstract string? PaneVariable { get; }

    /// <summary>Whether a process is a server of it. Asked of each process above a caller: from these facts alone.</summary>
    /// <param name="below">The child that the climb came from; the default without a climb.</param>
    /// <param name="loginPids">The session processes of the logins that have an agent; null when they are not known.</param>
    public abstract bool IsServer(ProcessStat process, ProcessStat below, LoginPids? loginPids);

    /// <summary>Whether a process is certainly a server of it, without facts about the processes around it.</summary>
    public bool IsServer(ProcessStat process) => IsServer(process, default, null);

    /// <summary>
    /// The pid of the server that a value of <see cref="Variable"/> identifies; 0 for none. Any parent can give a process any value.
    /// </summary>
    public abstract int ServerNamedBy(string value);

    /// <summary>
    /// The pid of the server in the name of its socket's file, 0 for none; null if names have none: then the kernel says which process
    /// listens there.
    /// </summary>
    public abstract int? ServerOfSocket(string name);

    /// <summary>The folders in which it usually keeps the sockets of its servers, whether they exist or not.</summary>
    public abstract IEnumerable<string> SocketFolders(string home);

    /// <summary>Where a server shows the caller below <see cref="MultiplexerServer.PanePid"/>.</summary>
    /// <param name="programs">Asks the server itself, if it answers questions.</param>
    /// <param name="left">How long to wait for an answer at most.</param>
    public abstract MultiplexerAnswer Ask(MultiplexerServer server, ServerPrograms programs, TimeSpan left);

    /// <summary>The clients to which a server shows any of its sessions, without a question to the server. On the worker.</summary>
    public abstract IReadOnlyList<MultiplexerClient> Clients(MultiplexerServer server);

    /// <summary>
    /// Where a server shows each session that somebody is attached to. The first of an answer's sessions identifies it later.
    /// </summary>
    /// <inheritdoc cref="Ask" path="/param"/>
    /// <returns>One answer a session; empty when the server does not answer.</returns>
    public abstract IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, ServerPrograms programs, TimeSpan left);
}
