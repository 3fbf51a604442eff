namespace Fairlead.Core.Multiplexers;

/// <summary>Where a multiplexer shows a caller.</summary>
/// <param name="Sessions">
/// Its sessions that hold the caller's window, as it knows them; a multiplexer with one session has one empty name.
/// </param>
internal sealed record MultiplexerView(IReadOnlyList<string> Sessions, IReadOnlyList<Attachment> Attachments)
{
    public static readonly MultiplexerView Nothing = new([], []);

    /// <summary>SSH_CONNECTION of the client that attached most recently to each of the sessions, if the multiplexer keeps it.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>The names of those sessions that show the caller; null when they could not be read.</summary>
    public IReadOnlyList<string>? Names { get; init; } = [];

    /// <summary>
    /// Why not all can be seen, as with another user's server: an empty list then does not mean that nothing shows it, and some attachments
    /// may be of other sessions.
    /// </summary>
    public Obstacle Obstacle { get; init; }

    public bool IsKnown => Obstacle == Obstacle.None;
}

/// <summary>Where a multiplexer showed a caller when fairlead asked.</summary>
internal sealed record MultiplexerObservation(MultiplexerServer Server, MultiplexerView View);
