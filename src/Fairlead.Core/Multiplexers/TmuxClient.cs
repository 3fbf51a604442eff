namespace Fairlead.Core.Multiplexers;

/// <summary>One line of tmux's list-clients.</summary>
/// <param name="Activity">When it typed last, in seconds since 1970.</param>
/// <param name="Window">The window that it shows: "@2".</param>
/// <param name="Terminal">Below /dev; empty in control mode (iTerm2).</param>
internal sealed record TmuxClient(int Pid, long Activity, bool IsReadOnly, string Session, string Window, string Terminal);
