namespace Fairlead.Core.Control;

/// <summary>Which agent answers, and why that one.</summary>
internal sealed record AnswerReport
{
    public required string Agent { get; init; }

    /// <summary>For programs: "own-login", "attached", "most-recently-typed" and so on.</summary>
    public required string Reason { get; init; }

    /// <summary>For people: "this shell belongs to its login (pts/3)".</summary>
    public required string Explanation { get; init; }

    /// <summary>How many keys it lists; absent when it was not asked.</summary>
    public int? Keys { get; init; }

    /// <summary>How many more it has, which rules hide from the caller; absent if none.</summary>
    public int? Hidden { get; init; }
}
