using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>A <c>[[rule]]</c> while its keys are read.</summary>
/// <param name="Line">Where it begins.</param>
internal sealed record RuleDraft(int Line)
{
    private const string AddressPrefix = "from:";

    public string? Use { get; init; }

    public RuleConditions When { get; init; } = new();

    /// <summary>Null when something is wrong with it.</summary>
    /// <param name="agents">Those that a rule can name.</param>
    /// <param name="mayNameOthers">As for <see cref="RuleReader.Finish"/>.</param>
    public RoutingRule? Finish(TomlValues values, IReadOnlyList<ConfiguredAgent> agents, bool mayNameOthers)
    {
        if (Use is not { } use)
        {
            return Fail(values, "a rule without 'use'", "add use = \"none\", an agent's name, or \"from:ADDRESS\"");
        }

        if (When.AreEmpty)
        {
            return Fail(values, "a rule without 'when'", "add when = { background = true } or another condition");
        }

        if (use == AddressPrefix)
        {
            return Fail(values, "'from:' without an address", "write use = \"from:203.0.113.7\"");
        }

        var choice = AgentChoice.Parse(use);
        if (choice.Address is { } given)
        {
            if (ClientAddress.Parse(given) is not { } address)
            {
                return Fail(values, ClientAddress.Refuse(given), ClientAddress.Hint);
            }

            choice = choice with { Address = address };
        }

        if (choice.Name is { } name && !mayNameOthers && !agents.Any(agent => agent.Name == name))
        {
            string? nearest = NearestWord.Find(name, [.. agents.Select(agent => agent.Name), "none"]);
            return Fail(
                values,
                $"no agent has the name '{name}'",
                nearest is not null ? $"did you mean '{nearest}'?" : "name it in an [[agent]], or use \"from:ADDRESS\" or \"none\"");
        }

        return new RoutingRule(When, choice, Line);
    }

    private RoutingRule? Fail(TomlValues values, string message, string hint)
    {
        values.Fail(Line, message, hint);
        return null;
    }
}
