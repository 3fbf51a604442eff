namespace Fairlead.Core.Relay;

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
