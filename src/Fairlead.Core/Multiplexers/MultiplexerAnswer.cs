namespace Fairlead.Core.Multiplexers;

/// <summary>What one multiplexer says about its own clients, before they are followed outwards.</summary>
/// <param name="Sessions">As in <see cref="MultiplexerView"/>.</param>
internal sealed record MultiplexerAnswer(IReadOnlyList<string> Sessions, IReadOnlyList<MultiplexerClient> Clients)
{
    /// <inheritdoc cref="MultiplexerView.Connections"/>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <inheritdoc cref="MultiplexerView.Names"/>
    public IReadOnlyList<string>? Names { get; init; } = [];

    /// <inheritdoc cref="MultiplexerView.Obstacle"/>
    public Obstacle Obstacle { get; init; }
}

/// <summary>One client of a multiplexer, as far as the multiplexer or the system says.</summary>
/// <param name="Pid">Its process; 0 when that is not known, only the terminal.</param>
/// <param name="Terminal">Below /dev: "pts/3"; empty for a client without one.</param>
internal sealed record MultiplexerClient(int Pid, string Terminal)
{
    /// <summary>
    /// It was found by its connection to a server that need not show itself on terminals: its login decides whether a person uses it.
    /// </summary>
    public bool IsPeer { get; init; }

    public DateTimeOffset? LastTyped { get; init; }

    /// <inheritdoc cref="Attachment.IsTypist"/>
    public bool IsTypist { get; init; }

    /// <inheritdoc cref="Attachment.ShowsCallersWindow"/>
    public bool ShowsCallersWindow { get; init; }

    /// <inheritdoc cref="Attachment.IsReadOnly"/>
    public bool IsReadOnly { get; init; }

    /// <inheritdoc cref="Attachment.IsControlMode"/>
    public bool IsControlMode { get; init; }
}
