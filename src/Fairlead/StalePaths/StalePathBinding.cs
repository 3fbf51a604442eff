using Fairlead.Core.Agents;

namespace Fairlead.StalePaths;

/// <summary>How listening at an old path went: a file and its listening descriptor, or why not.</summary>
internal sealed record StalePathBinding
{
    public StalePathFile? File { get; init; }

    /// <summary>Listening, and the receiver's to close.</summary>
    public int Descriptor { get; init; } = -1;

    /// <summary>The folder may not be used.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Minus errno: EADDRINUSE when something is at the path that is not ours to remove.</summary>
    public int Error { get; init; }
}
