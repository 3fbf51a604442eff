namespace Fairlead.Core.Multiplexers;

/// <summary>One client of a multiplexer, as far as the multiplexer or the system tells.</summary>
/// <param name="Pid">Its process; 0 when that is not known, only the terminal.</param>
/// <param name="Terminal">Below /dev: "pts/3"; empty for a client without one.</param>
internal sealed record MultiplexerClient(int Pid, string Terminal)
{
    public DateTimeOffset? LastTyped { get; init; }

    /// <inheritdoc cref="Attachment.IsTypist"/>
    public bool IsTypist { get; init; }

    /// <inheritdoc cref="Attachment.ShowsCallersWindow"/>
    public bool ShowsCallersWindow { get; init; }

    /// <inheritdoc cref="Attachment.IsReadOnly"/>
    public bool IsReadOnly { get; init; }
}
