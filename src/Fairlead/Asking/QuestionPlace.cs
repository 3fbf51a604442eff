using Fairlead.Core.Multiplexers;

namespace Fairlead.Asking;

/// <summary>A place where a question reaches the person.</summary>
internal abstract record QuestionPlace;

/// <summary>A place where the person can answer as well.</summary>
/// <param name="Terminal">On which they see it, below /dev.</param>
internal abstract record AskingPlace(string Terminal) : QuestionPlace;

/// <summary>The caller's own terminal, in whose foreground it waits.</summary>
internal sealed record OwnTerminal(string Terminal) : AskingPlace(Terminal);

/// <summary>A popup on a client of tmux.</summary>
/// <param name="Terminal">The client's.</param>
internal sealed record TmuxPopup(MultiplexerServer Server, string Terminal) : AskingPlace(Terminal);

/// <summary>A message on a client of tmux, which says how to answer.</summary>
/// <param name="Client">Its terminal, below /dev.</param>
internal sealed record TmuxMessage(MultiplexerServer Server, string Client) : QuestionPlace;

/// <summary>The same on all displays of a screen session.</summary>
internal sealed record ScreenMessage(MultiplexerServer Server) : QuestionPlace;

/// <summary>The same as a line on a terminal, with a bell.</summary>
/// <param name="Terminal">Below /dev.</param>
internal sealed record TerminalMessage(string Terminal) : QuestionPlace;
