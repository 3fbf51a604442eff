using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Asking;

/// <summary>What a yes covers: signatures with this key, for the same purpose, by the same programs.</summary>
/// <param name="Key">Its fingerprint.</param>
/// <param name="Host">Of a login: the fingerprint of the proven server's host key.</param>
/// <param name="User">Of a login: the user name there.</param>
/// <param name="Namespace">Of any other signature: what it is for, such as "git".</param>
/// <param name="Holder">
/// The program that the rule names with <c>under</c>, otherwise the process that leads the session of the caller's terminal. What is allowed
/// is allowed to what runs below it, and ends with it.
/// </param>
internal sealed record SignatureTerms(string Key, string? Host, string? User, string? Namespace, ProcessIdentity Holder);
