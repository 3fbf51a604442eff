namespace Fairlead.Core.Policy;

/// <summary>
/// What the rules say of one request. For each thing that a rule can say, the first that holds and says it decides. A rule that protects
/// also decides if it may hold, as far as fairlead can read.
/// </summary>
internal sealed record Decision
{
    public static readonly Decision None = new();

    /// <summary>The rule that chooses the agent, or denies; null if none does.</summary>
    public PolicyRule? Use { get; init; }

    /// <summary>
    /// The rules that limit the keys: one that holds, after those that only may. A key must be in all of them, so that a caller of whom too
    /// little is known sees less, never more.
    /// </summary>
    public IReadOnlyList<PolicyRule> Limits { get; init; } = [];

    /// <summary>The rule by which the person is asked before a signature, or is not (<see cref="AskChoice.Never"/>); null if none says it.</summary>
    public PolicyRule? Ask { get; init; }

    /// <summary>While keys are listed: the rules that may decide about a signature, by what it is for.</summary>
    public IReadOnlyList<PolicyRule> Later { get; init; } = [];

    /// <summary>The person is asked before a signature.</summary>
    public bool IsAsked => Ask is { Ask.IsAsked: true };

    public bool IsDenial => Use is { Use.IsDenial: true };

    public static Decision Using(PolicyRule use) => new() { Use = use };

    /// <summary>Rules that ask for what only a signature tells are left out while keys are listed.</summary>
    public static Decision Of(IReadOnlyList<PolicyRule> rules, RuleInputs caller)
    {
        PolicyRule? use = null;
        PolicyRule? ask = null;
        var limits = new List<PolicyRule>();
        var later = new List<PolicyRule>();
        foreach (PolicyRule rule in rules)
        {
            if (caller.Signature is null && rule.When.NeedSignature)
            {
                later.AddRange(rule.When.WithoutSignature.MayHoldFor(caller) ? [rule] : []);
                continue;
            }

            bool holds = rule.When.HoldFor(caller);
            if (!holds && !rule.When.MayHoldFor(caller))
            {
                continue;
            }

            PolicyRule judged = holds ? rule : rule with { IsAssumed = true };
            if (use is null && rule.Use is AgentChoice choice && (holds || choice.IsDenial))
            {
                use = judged;
            }

            if (ask is null && rule.Ask is AskChoice question && (holds || question.IsAsked))
            {
                ask = judged;
            }

            if (rule.Keys is not null && limits.TrueForAll(limit => limit.IsAssumed))
            {
                limits.Add(judged);
            }
        }

        return new Decision { Use = use, Limits = limits, Ask = ask, Later = later };
    }

    /// <summary>Whether the caller may see this key, and sign with it.</summary>
    public bool Shows(string fingerprint) => HiddenBy(fingerprint) is null;

    /// <summary>The rule that hides this key; null if none does.</summary>
    /// <param name="fingerprint">Null for a key that may be any: then every rule does.</param>
    public PolicyRule? HiddenBy(string? fingerprint) => Limits.FirstOrDefault(rule => fingerprint is null || !rule.Keys!.Holds(fingerprint));
}
