namespace Fairlead.Core.Control;

/// <summary>What one rule of choosing made of a caller.</summary>
internal sealed record RuleReport
{
    /// <summary>For programs: the word that <see cref="AnswerReport.Reason"/> uses.</summary>
    public required string Rule { get; init; }

    public required bool Matched { get; init; }

    /// <summary>For people: what it matched by, or why not.</summary>
    public required string Explanation { get; init; }

    /// <summary>The agents it found, in its order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }
}
