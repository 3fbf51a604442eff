namespace Fairlead.Output;

/// <summary>What <c>fairlead path --json</c> prints.</summary>
/// <param name="Source">What decided it: "configuration", "home", "runtime folder", "temporary folder".</param>
internal sealed record PathReport(int Version, string Socket, string Control, string Log, string Source);
