namespace Fairlead.Commands;

/// <summary>A line to type, and what it does.</summary>
internal readonly record struct Example(string Line, string Meaning);
