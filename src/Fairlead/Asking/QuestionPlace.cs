using Fairlead.Core.Multiplexers;

namespace Fairlead.Asking;

/// <summary>A place where a question reaches the person.</summary>
internal abstract record QuestionPlace;

/// <summary>The caller's own terminal, in whose foreground it waits.</summary>
/// <param name="Terminal">Below /dev.</param>
internal sealed record OwnTerminal(string Terminal) : QuestionPlace;

/// <summary>A popup on a client of tmux.</summary>
/// <param name="Client">Its terminal, below /dev.</param>
internal sealed record TmuxPopup(MultiplexerServer Server, string Client) : QuestionPlace;

/// <summary>A message on a client of tmux, which says how to answer.</summary>
/// <param name="Client">Its terminal, below /dev.</param>
internal sealed record TmuxMessage(MultiplexerServer Server, string Client) : QuestionPlace;

/// <summary>The same on all displays of a screen session.</summary>
internal sealed record ScreenMessage(MultiplexerServer Server) : QuestionPlace;

/// <summary>The same as a line on a terminal, with a bell.</summary>
/// <param name="Terminal">Below /dev.</param>
internal sealed record TerminalMessage(string Terminal) : QuestionPlace;
