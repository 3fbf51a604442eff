namespace Fairlead.Files;

/// <summary>How it went to put another text into a file.</summary>
/// <param name="Error">Zero, or minus errno.</param>
/// <param name="Copy">Where the former text is, when the file itself could not be brought back to it.</param>
internal readonly record struct WriteOutcome(int Error, string? Copy = null);
