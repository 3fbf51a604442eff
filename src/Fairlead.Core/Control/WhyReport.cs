namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead why</c> shows, and prints unchanged with <c>--json</c>: how fairlead chose one caller's route.</summary>
internal sealed record WhyReport
{
    public int Version { get; init; } = 1;

    public required CallerReport Caller { get; init; }

    /// <summary>Every rule, in the order in which fairlead asks them.</summary>
    public required IReadOnlyList<RuleReport> Rules { get; init; }

    /// <summary>The agents that may answer: the first leads, the next takes its place when it cannot be reached.</summary>
    public required IReadOnlyList<RouteStepReport> Route { get; init; }

    /// <summary>The agent that answered just now; absent when none did.</summary>
    public AnswerReport? Answer { get; init; }

    /// <summary>The rule in the configuration that lets no agent answer, in plain words; absent when none does.</summary>
    public string? Denied { get; init; }

    /// <summary>The rules that limit which keys the caller sees and what it may sign; empty if none does.</summary>
    public IReadOnlyList<PolicyReport> Policy { get; init => field = value ?? []; } = [];

    /// <summary>Signatures that were refused because of a question to the person, the latest first.</summary>
    public IReadOnlyList<RefusedQuestionReport> Unanswered { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The path of an agent that is gone, which the caller's environment names and at which fairlead listens; absent when there is none.
    /// </summary>
    public string? OldPath { get; init; }

    /// <summary>Sockets that fairlead does not trust, and that would otherwise be in this route.</summary>
    public required IReadOnlyList<RefusedReport> Refused { get; init; }
}

/// <summary>One <c>[[rule]]</c> that limits a caller.</summary>
internal sealed record PolicyReport
{
    /// <summary>It limits the keys that are shown.</summary>
    public const string Keys = "keys";

    /// <summary>It may refuse a signature.</summary>
    public const string Signature = "signature";

    /// <summary>The person is asked before a signature.</summary>
    public const string Ask = "ask";

    /// <summary>One of these words.</summary>
    public required string About { get; init; }

    /// <summary>Its line in the configuration file.</summary>
    public required int Line { get; init; }

    /// <summary>Its conditions, as the file has them.</summary>
    public required string When { get; init; }

    /// <summary>Something that it asks could not be read: because it protects, it counts.</summary>
    public required bool Assumed { get; init; }

    /// <summary>For people.</summary>
    public required string Explanation { get; init; }
}

/// <summary>The result of one rule of choosing for a caller.</summary>
internal sealed record RuleReport
{
    /// <summary>For programs: the word that <see cref="AnswerReport.Reason"/> uses.</summary>
    public required string Rule { get; init; }

    public required bool Matched { get; init; }

    /// <summary>The agent that answers is there by this rule, or it denies.</summary>
    public bool Decided { get; init; }

    /// <summary>For people: what it matched by, or why not.</summary>
    public required string Explanation { get; init; }

    /// <summary>The agents it found, in its order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }
}

/// <summary>One place in a route.</summary>
internal sealed record RouteStepReport
{
    public required string Agent { get; init; }

    public required string Socket { get; init; }

    public required string Reason { get; init; }

    public required string Explanation { get; init; }

    /// <summary>"live", "busy", "awake", "out of reach", "stalled", "dead", or "unknown" until fairlead has connected to it.</summary>
    public required string State { get; init; }

    /// <summary>The caller came from a known machine, and this agent is not there.</summary>
    public required bool FromElsewhere { get; init; }
}
