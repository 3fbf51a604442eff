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

    /// <summary>It is not a request of the protocol.</summary>
    Malformed,

    /// <summary>The client hung up before the answer.</summary>
    Abandoned,

    /// <summary>It waits for an agent: a later report gives its end.</summary>
    Held,
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
        RequestOutcome.Malformed => "malformed",
        RequestOutcome.Abandoned => "abandoned",
        RequestOutcome.Held => "held",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
