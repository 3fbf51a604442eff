namespace Fairlead.Core.Callers;

/// <summary>The server that a caller logs in to, by its session-bind or by what it is to sign.</summary>
/// <param name="Key">Its public host key.</param>
/// <param name="IsProven">
/// The server with this key has signed the session, and what is to be signed belongs to that session. Otherwise it is only the caller's
/// word.
/// </param>
internal sealed record BoundHost(byte[] Key, bool IsProven)
{
    /// <summary>No server that a rule could name.</summary>
    public static readonly BoundHost Unknown = new([], IsProven: false);
}
