namespace Fairlead.Setup;

/// <summary>What a person has typed behind <c>fairlead setup</c>.</summary>
internal readonly record struct SetupRequest(bool Undo, bool WithSystemd, string? Link, bool Yes, bool Check, bool Json);
