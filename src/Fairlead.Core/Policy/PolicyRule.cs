namespace Fairlead.Core.Policy;

/// <summary>One <c>[[rule]]</c> in the configuration: whom it is for, and what it says of their requests.</summary>
/// <param name="Line">Its line in the file.</param>
internal sealed record PolicyRule(RuleConditions When, int Line)
{
    /// <summary>Which agent answers; null if the rule does not say.</summary>
    public AgentChoice? Use { get; init; }

    /// <summary>The only keys that are shown, and that may sign; null if the rule does not say.</summary>
    public KeyChoice? Keys { get; init; }

    /// <summary>Whether the person is asked before a signature; null if the rule does not say.</summary>
    public AskChoice? Ask { get; init; }

    /// <summary>It takes something away from a program: an answer, keys, or the right to sign unasked.</summary>
    public bool Restricts => Use is { IsDenial: true } || Keys is not null || Ask is { IsAsked: true };

    /// <summary>It protects, and fairlead could not read what it asks of the caller.</summary>
    public bool IsAssumed { get; init; }
}
