namespace Fairlead.Core.Asking;

/// <summary>What came of asking the person about one signature.</summary>
/// <param name="Place">Where the answer was given, as people call the place: "pts/3". Null without an answer.</param>
/// <param name="IsEarlier">It was given for an earlier signature, and holds for this one.</param>
internal sealed record Ruling(Verdict Verdict, string? Place = null, bool IsEarlier = false);
