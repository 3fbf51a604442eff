namespace Fairlead.Core.Agents;

/// <summary>A socket that was found and is not used, and why: status and doctor name it.</summary>
internal readonly record struct RefusedSocket(string Path, Refusal Reason);
