namespace Fairlead.EndToEnd.Staging;

/// <summary>How <c>ssh web01</c> ended: its exit code, the key that logged in if one did, and all that was on the screen.</summary>
internal sealed record Web01Answer(int ExitCode, string? Key, string Screen);
