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

    /// <summary>No agent that may answer has the key that was to sign.</summary>
    NoSuchKey,

    /// <summary>The agent that was asked ended, or was silent for too long.</summary>
    NoAnswer,

    /// <summary>There was no live agent to ask.</summary>
    NoAgent,

    /// <summary>A rule of the configuration lets nobody answer, or a host that is further away may not change keys.</summary>
    Denied,

    /// <summary>It is no request of the protocol.</summary>
    Malformed,

    /// <summary>Who asked has hung up before the answer.</summary>
    Abandoned,

    /// <summary>It waits for an agent to come: its end is told later.</summary>
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
        RequestOutcome.Malformed => "malformed",
        RequestOutcome.Abandoned => "abandoned",
        RequestOutcome.Held => "held",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
