namespace Fairlead.Core.Multiplexers;

/// <summary>One line of tmux's list-panes -a: a pane in one of the sessions that hold its window.</summary>
/// <param name="Id">"%0".</param>
/// <param name="Pid">Its first process.</param>
/// <param name="Connection">SSH_CONNECTION in the session's environment, into which each client that attaches puts its own (update-environment, tmux(1)).</param>
internal sealed record TmuxPane(string Id, int Pid, string Session, string Window, string Connection);
