using Fairlead.Core.Callers;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Watching;

/// <summary>One request as it went: who asked whom for what, and how it ended. Holds nothing that was signed, added or sent.</summary>
/// <param name="Name"><see cref="RequestName"/>.</param>
internal sealed record RequestRecord(CallerSketch Caller, string Name, RequestOutcome Outcome, DateTimeOffset Began)
{
    /// <summary>Up to the moment in which the answer was sent; null for one that is held.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The agent that answered, or was asked last; null when none was.</summary>
    public RouteStep? Step { get; init; }

    /// <summary>The public key that was to sign.</summary>
    public byte[]? KeyBlob { get; init; }

    /// <summary>What its agent calls that key, where this conversation has listed it.</summary>
    public string? KeyComment { get; init; }

    /// <summary>How many keys were listed.</summary>
    public int? Keys { get; init; }

    /// <summary>The public host key of the server that is logged in to, as the caller's session-bind named it.</summary>
    public byte[]? HostKey { get; init; }

    /// <summary>That of the server that asks, through an ssh of ours.</summary>
    public byte[]? AskingHostKey { get; init; }
}
