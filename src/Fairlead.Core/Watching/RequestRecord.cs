using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Watching;

/// <summary>One request: who asked which agent for what, and how it ended. It holds nothing that was signed, added or sent.</summary>
/// <param name="Name"><see cref="RequestName"/>.</param>
internal sealed record RequestRecord(CallerSketch Caller, string Name, RequestOutcome Outcome, DateTimeOffset Began)
{
    /// <summary>Up to the moment when the answer was sent; null for a held request.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The agent that answered, or the final one that was asked; null if none was asked.</summary>
    public RouteStep? Step { get; init; }

    /// <summary>The public key for the signature.</summary>
    public byte[]? KeyBlob { get; init; }

    /// <summary>The agent's comment for that key, if this conversation has listed it.</summary>
    public string? KeyComment { get; init; }

    /// <summary>How many keys were listed.</summary>
    public int? Keys { get; init; }

    /// <summary>The server that the caller logs in to.</summary>
    public BoundHost? Host { get; init; }

    /// <summary>What is to be signed; null for other requests.</summary>
    public RuleSignature? Signature { get; init; }

    /// <summary>The rule by which fairlead asked no agent, or asks the person; null if there is none.</summary>
    public PolicyRule? Rule { get; init; }

    /// <summary>What came of asking the person; null if nobody was asked.</summary>
    public Ruling? Ruling { get; init; }

    /// <summary>The server that asks, through an ssh of ours.</summary>
    public BoundHost? AskedBy { get; init; }
}
