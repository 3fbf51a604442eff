namespace Fairlead.Core.Callers;

/// <summary>The multiplexer that a caller runs in.</summary>
/// <param name="Pid">The server process.</param>
/// <param name="Started">With the pid, names the process for good.</param>
/// <param name="PanePid">The caller's ancestor directly below the server: the first process of its pane; the caller itself when it was reparented.</param>
internal sealed record MultiplexerServer(int Pid, ulong Started, MultiplexerKind Kind, int PanePid);
