namespace Fairlead.Core.Multiplexers;

/// <summary>Where a multiplexer shows a caller, as it was asked.</summary>
internal sealed record MultiplexerObservation(MultiplexerServer Server, MultiplexerView View);
