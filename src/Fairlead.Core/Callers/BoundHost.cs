namespace Fairlead.Core.Callers;

/// <summary>The server that a caller logs in to, by its session-bind or by what it is to sign.</summary>
/// <param name="Key">Its public host key.</param>
/// <param name="IsProven">
/// An agent has verified that the server with this key takes part in that session, and what is to be signed belongs to that session.
/// Otherwise it is only the caller's word.
/// </param>
internal sealed record BoundHost(byte[] Key, bool IsProven);
