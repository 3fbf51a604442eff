namespace Fairlead.EndToEnd.Chaos;

/// <summary>Somebody who is logged in: the login's processes, its agent, and where that one's socket is.</summary>
internal sealed record Presence(ChaosLogin Login, ChaosAgent Agent, string Path);
