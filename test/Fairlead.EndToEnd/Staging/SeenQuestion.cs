namespace Fairlead.EndToEnd.Staging;

/// <summary>A question of fairlead, as it is on a person's window.</summary>
/// <param name="Text">All words of the popup in one line; where there is none, of the window.</param>
/// <param name="Digits">By which it is allowed.</param>
internal sealed record SeenQuestion(string Text, string Digits, bool IsInPopup);
