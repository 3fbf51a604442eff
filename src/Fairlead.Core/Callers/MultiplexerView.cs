namespace Fairlead.Core.Callers;

/// <summary>Where a multiplexer shows a caller.</summary>
/// <param name="Sessions">The names of its sessions that hold the caller's window; a multiplexer with one session has one without a name.</param>
internal sealed record MultiplexerView(IReadOnlyList<string> Sessions, IReadOnlyList<Attachment> Attachments)
{
    public static readonly MultiplexerView Nothing = new([], []);

    /// <summary>SSH_CONNECTION of the client that attached last to each of the sessions, where the multiplexer keeps it.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];
}
