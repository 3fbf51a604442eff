namespace Fairlead.Core.Multiplexers;

/// <summary>What one multiplexer tells of its own clients, before they are followed outwards.</summary>
/// <param name="Sessions">As in <see cref="MultiplexerView"/>.</param>
internal sealed record MultiplexerAnswer(IReadOnlyList<string> Sessions, IReadOnlyList<MultiplexerClient> Clients)
{
    /// <inheritdoc cref="MultiplexerView.Connections"/>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <inheritdoc cref="MultiplexerView.Names"/>
    public IReadOnlyList<string>? Names { get; init; } = [];

    /// <inheritdoc cref="MultiplexerView.IsKnown"/>
    public bool IsKnown { get; init; } = true;
}
