using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Asking;

/// <summary>What the person is asked: whether this program may sign this.</summary>
/// <param name="Identity">The process that wants it.</param>
/// <param name="Rule">By which the person is asked.</param>
/// <param name="Key">The public key.</param>
internal sealed record QuestionSubject(CallerIdentity Identity, Asker Asker, PolicyRule Rule, byte[] Key, RuleSignature Signature)
{
    /// <summary>The agent's comment for the key, if this conversation has listed it.</summary>
    public string? KeyComment { get; init; }

    /// <summary>The server of a login; null for other signatures, and if none is known.</summary>
    public BoundHost? Host { get; init; }

    /// <summary>The server that asks, through an ssh of ours.</summary>
    public BoundHost? AskedBy { get; init; }

    /// <summary>
    /// What a yes covers beyond this signature, and what makes two questions the same one. Null where each signature is a question of its
    /// own: another host asks, no server is proven, or too little is known of the caller.
    /// </summary>
    public SignatureTerms? Terms => Identity.IsForwarded || Rule.IsAssumed || Asker.Holder is null || Signature.Key is null
        ? null
        : Signature is { Namespace: string purpose } ? new SignatureTerms(Signature.Key, null, null, purpose, Asker.Holder.Value)
        : Signature is { User: string user } && Host is { IsProven: true } host ? new SignatureTerms(Signature.Key, KeyFingerprint.Of(host.Key), user, null, Asker.Holder.Value)
        : null;
}
