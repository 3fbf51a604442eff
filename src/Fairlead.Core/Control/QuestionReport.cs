namespace Fairlead.Core.Control;

/// <summary>A question about a signature: who wants it, and for what.</summary>
internal sealed record QuestionReport
{
    public int Version { get; init; } = 1;

    /// <summary>By which <c>fairlead answer</c> calls it.</summary>
    public required int Number { get; init; }

    /// <summary>The request that waits, as <c>fairlead events</c> reports it.</summary>
    public required EventReport Request { get; init; }

    /// <summary>What the program does for git: "git push". Absent if git did not start it.</summary>
    public string? Errand { get; init; }

    /// <summary>The program that the rule names and that this one runs below; absent if the rule names none.</summary>
    public string? Below { get; init; }

    /// <summary>The rule's line in the configuration file.</summary>
    public required int Line { get; init; }

    /// <summary>The rule's conditions, as the file has them.</summary>
    public required string When { get; init; }

    /// <summary>How long a yes holds for more signatures of this kind, as the file has it ("30m"); absent if it is for this one only.</summary>
    public string? Remembers { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When the time for an answer is over.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>A yes that holds for more signatures.</summary>
internal sealed record GrantReport
{
    /// <summary>What the person was asked.</summary>
    public required QuestionReport Question { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Where the answer was given.</summary>
    public required string Place { get; init; }
}

/// <summary>How a question ended.</summary>
internal sealed record VerdictReport
{
    /// <summary>"yes", "no", "no-answer", "nobody", "too-many", "withdrawn" or "restarted".</summary>
    public required string Verdict { get; init; }

    /// <summary>Where the person answered; absent without an answer.</summary>
    public string? Place { get; init; }

    /// <summary>The yes was given for an earlier signature, and holds for this one.</summary>
    public bool? Earlier { get; init; }
}

/// <summary>A question that did not end with a yes.</summary>
internal sealed record RefusedQuestionReport
{
    public required QuestionReport Question { get; init; }

    public required VerdictReport Verdict { get; init; }
}

/// <summary>What <c>fairlead forget</c> says, and prints unchanged with <c>--json</c>.</summary>
internal sealed record ForgottenReport
{
    public int Version { get; init; } = 1;

    /// <summary>How many answers held, and hold no more.</summary>
    public required int Forgotten { get; init; }
}
