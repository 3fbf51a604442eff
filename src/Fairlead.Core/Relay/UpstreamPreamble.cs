namespace Fairlead.Core.Relay;

/// <summary>What each new connection to an agent gets about a conversation, before anything else.</summary>
internal sealed class UpstreamPreamble
{
    public BindLog Binds { get; } = new();

    /// <summary>The fairleads that its requests have come through: they must not go into one of them again.</summary>
    public IReadOnlyList<string> Visited { get; set; } = [];

    /// <summary>The first asker's word for their origin; null for requests that begin here.</summary>
    public string? Token { get; set; }
}
