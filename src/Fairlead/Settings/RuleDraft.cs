using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>A <c>[[rule]]</c> while its keys are read.</summary>
/// <param name="Line">Where it begins.</param>
internal sealed record RuleDraft(int Line)
{
    private const string AddressPrefix = "from:";

    public string? Use { get; init; }

    public IReadOnlyList<string>? Keys { get; init; }

    public AskChoice? Ask { get; init; }

    public RuleConditions When { get; init; } = new();

    /// <summary>Null when something is wrong with it.</summary>
    /// <param name="agents">Those that a rule can name.</param>
    /// <param name="mayNameOthers">As for <see cref="RuleReader.Finish"/>.</param>
    public PolicyRule? Finish(TomlValues values, IReadOnlyList<ConfiguredAgent> agents, bool mayNameOthers)
    {
        if (Use is null && Keys is null && Ask is null)
        {
            return Fail(values, "a rule without 'use', 'keys' or 'ask'", "add use = \"none\", an agent's name, or \"from:ADDRESS\"; or keys = [\"SHA256:...\"]; or ask = true");
        }

        if (When.AreEmpty)
        {
            return Fail(values, "a rule without 'when'", "add when = { background = true } or another condition");
        }

        AgentChoice? choice = null;
        if (Use is not null && (choice = Choose(values, Use, agents, mayNameOthers)) is null)
        {
            return null;
        }

        return When.NeedSignature && (Keys is not null || choice is { IsDenial: false })
            ? Fail(values, "'user', 'sign' and 'key' are known only when something is to be signed", "such a rule can say use = \"none\" or ask = true")
            : new PolicyRule(When, Line) { Use = choice, Keys = Keys is null ? null : new KeyChoice(Keys), Ask = Ask };
    }

    private AgentChoice? Choose(TomlValues values, string use, IReadOnlyList<ConfiguredAgent> agents, bool mayNameOthers)
    {
        if (use == AddressPrefix)
        {
            values.Fail(Line, "'from:' without an address", "write use = \"from:203.0.113.7\"");
            return null;
        }

        var choice = AgentChoice.Parse(use);
        if (choice.Address is { } given)
        {
            if (ClientAddress.Parse(given) is not { } address)
            {
                values.Fail(Line, ClientAddress.Refuse(given), ClientAddress.Hint);
                return null;
            }

            choice = choice with { Address = address };
        }

        if (choice.Name is { } name && !mayNameOthers && !agents.Any(agent => agent.Name == name))
        {
            string? nearest = NearestWord.Find(name, [.. agents.Select(agent => agent.Name), "none"]);
            values.Fail(
                Line,
                $"no agent has the name '{name}'",
                nearest is not null ? $"did you mean '{nearest}'?" : "name it in an [[agent]], or use \"from:ADDRESS\" or \"none\"");
            return null;
        }

        return choice;
    }

    private PolicyRule? Fail(TomlValues values, string message, string hint)
    {
        values.Fail(Line, message, hint);
        return null;
    }
}
