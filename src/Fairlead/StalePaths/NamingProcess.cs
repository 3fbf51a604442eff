namespace Fairlead.StalePaths;

/// <summary>A process whose first environment names a path as its agent.</summary>
/// <param name="Path">Its SSH_AUTH_SOCK.</param>
/// <param name="Started">Clock ticks since boot.</param>
internal sealed record NamingProcess(string Path, int Pid, ulong Started);
