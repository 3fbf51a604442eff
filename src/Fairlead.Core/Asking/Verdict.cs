namespace Fairlead.Core.Asking;

/// <summary>How a question to the person ended.</summary>
internal enum Verdict
{
    /// <summary>The signature may be made.</summary>
    Yes,

    /// <summary>The person said no.</summary>
    No,

    /// <summary>The time for an answer is over.</summary>
    NoAnswer,

    /// <summary>There is no terminal at which a person could see the question.</summary>
    Nobody,

    /// <summary>As many questions wait as a person can keep apart.</summary>
    TooMany,

    /// <summary>The program that wanted the signature has gone.</summary>
    Withdrawn,

    /// <summary>Another daemon serves now, and asks nobody for this one.</summary>
    Restarted,
}

/// <summary>The word for each verdict in JSON.</summary>
internal static class VerdictText
{
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Yes => "yes",
        Verdict.No => "no",
        Verdict.NoAnswer => "no-answer",
        Verdict.Nobody => "nobody",
        Verdict.TooMany => "too-many",
        Verdict.Withdrawn => "withdrawn",
        Verdict.Restarted => "restarted",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
