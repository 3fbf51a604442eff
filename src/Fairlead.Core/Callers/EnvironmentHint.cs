namespace Fairlead.Core.Callers;

/// <summary>What the first environment of a caller or of one of its ancestors names: the login that it was started from.</summary>
/// <param name="Pid">Whose environment it is.</param>
/// <param name="AgentPath">SSH_AUTH_SOCK; null when unset.</param>
/// <param name="Connection">SSH_CONNECTION; null when unset.</param>
internal sealed record EnvironmentHint(int Pid, string? AgentPath, string? Connection);
