namespace Fairlead.Core.Relay;

/// <summary>What each new connection to an agent is told of a conversation, before anything else.</summary>
internal sealed class UpstreamPreamble
{
    public BindLog Binds { get; } = new();

    /// <summary>The fairleads that its requests have come through: they may not be led into one of them again.</summary>
    public IReadOnlyList<string> Visited { get; set; } = [];

    /// <summary>The first asker's word for where they have come from; null for requests that begin here.</summary>
    public string? Token { get; set; }
}
