namespace Fairlead.Core.Multiplexers;

/// <summary>Where a multiplexer shows a caller.</summary>
/// <param name="Sessions">Its sessions that hold the caller's window, as it knows them; a multiplexer with one session has one without a word.</param>
internal sealed record MultiplexerView(IReadOnlyList<string> Sessions, IReadOnlyList<Attachment> Attachments)
{
    public static readonly MultiplexerView Nothing = new([], []);

    /// <summary>SSH_CONNECTION of the client that attached last to each of the sessions, where the multiplexer keeps it.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>What a person calls those of the sessions that the caller is seen in; null when it could not be read.</summary>
    public IReadOnlyList<string>? Names { get; init; } = [];

    /// <summary>
    /// Why not all can be seen, as of another user's server: no attachments then do not mean that it is shown nowhere, and some may be of other sessions.
    /// </summary>
    public Obstacle Obstacle { get; init; }

    public bool IsKnown => Obstacle == Obstacle.None;
}

/// <summary>Where a multiplexer shows a caller, as it was asked.</summary>
internal sealed record MultiplexerObservation(MultiplexerServer Server, MultiplexerView View);
