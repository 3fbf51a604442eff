namespace Fairlead.Core.Callers;

/// <summary>Where a multiplexer shows a caller.</summary>
/// <param name="Sessions">The names of its sessions that hold the caller's window; a multiplexer with one session has one without a name.</param>
internal sealed record MultiplexerView(IReadOnlyList<string> Sessions, IReadOnlyList<Attachment> Attachments)
{
    /// <summary>False where the server lets nobody see, as another user's does: no attachments then do not mean that it is shown nowhere.</summary>
    public bool IsKnown { get; init; } = true;
}
