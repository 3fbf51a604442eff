namespace Fairlead.EndToEnd.Doctor;

/// <summary>One finding as <c>fairlead doctor --json</c> prints it.</summary>
internal sealed record Finding(string Check, string Verdict, string Message, string Meaning, string Fix);
