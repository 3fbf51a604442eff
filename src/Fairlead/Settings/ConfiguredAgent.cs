namespace Fairlead.Settings;

/// <summary>An agent that the configuration names: <c>[[agent]]</c>.</summary>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record ConfiguredAgent(string Name, string Socket, AgentRole Role, int Line);
