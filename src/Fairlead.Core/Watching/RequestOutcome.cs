namespace Fairlead.Core.Watching;

/// <summary>How a request ended, or that it has not ended yet.</summary>
internal enum RequestOutcome
{
    /// <summary>An agent did what was asked.</summary>
    Answered,

    /// <summary>An agent listed its keys, and has none.</summary>
    NoKeys,

    /// <summary>An agent said no: the person, or a constraint of the key, or it does not know the request.</summary>
    Refused,

    /// <summary>No agent that may answer has the key for the signature.</summary>
    NoSuchKey,

    /// <summary>The agent ended, or was silent for too long.</summary>
    NoAnswer,

    /// <summary>There was no live agent to ask.</summary>
    NoAgent,

    /// <summary>A rule in the configuration lets no agent answer, or a further host may not change keys.</summary>
    Denied,

    /// <summary>A rule in the configuration hides the key from this caller.</summary>
    NotShown,

    /// <summary>The person was asked about the signature, and said no.</summary>
    RefusedByPerson,

    /// <summary>The person must be asked, and no terminal shows that anybody is there.</summary>
    NobodyToAsk,

    /// <summary>The person was asked, and gave no answer in time.</summary>
    NotAnswered,

    /// <summary>The person must be asked, and has enough other questions to answer.</summary>
    TooManyQuestions,

    /// <summary>The person was to be asked, and another daemon serves now.</summary>
    Interrupted,

    /// <summary>It is not a request of the protocol.</summary>
    Malformed,

    /// <summary>The client hung up before the answer.</summary>
    Abandoned,

    /// <summary>It waits for an agent: a later report gives its end.</summary>
    Held,

    /// <summary>It waits for the person's answer: a later report gives its end.</summary>
    Asked,
}

/// <summary>The word for each outcome in JSON.</summary>
internal static class RequestOutcomeText
{
    public static string Word(this RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Answered => "answered",
        RequestOutcome.NoKeys => "no-keys",
        RequestOutcome.Refused => "refused",
        RequestOutcome.NoSuchKey => "no-such-key",
        RequestOutcome.NoAnswer => "no-answer",
        RequestOutcome.NoAgent => "no-agent",
        RequestOutcome.Denied => "denied",
        RequestOutcome.NotShown => "not-shown",
        RequestOutcome.RefusedByPerson => "refused-by-you",
        RequestOutcome.NobodyToAsk => "nobody-to-ask",
        RequestOutcome.NotAnswered => "not-answered",
        RequestOutcome.TooManyQuestions => "too-many-questions",
        RequestOutcome.Interrupted => "interrupted",
        RequestOutcome.Malformed => "malformed",
        RequestOutcome.Abandoned => "abandoned",
        RequestOutcome.Held => "held",
        RequestOutcome.Asked => "asked",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
