using Fairlead.Core.Options;
using Fairlead.Core.Policy;

namespace Fairlead.Output;

/// <summary>What rules say of a caller's keys and signatures, for people.</summary>
internal static class PolicySentences
{
    /// <summary>"2 of 5 are shown, and no other signs (line 20: under = "claude")".</summary>
    /// <param name="shown">How many the caller sees; null if no agent listed any.</param>
    public static string Keys(PolicyRule rule, int? shown, int all)
    {
        string count = shown is null ? $"at most {rule.Keys!.Fingerprints.Count} can be shown"
            : $"{shown} of {all} {(shown == 1 ? "is" : "are")} shown";
        return $"{count}, and no other signs{Where(rule)}";
    }

    /// <summary>"you are asked before each signature (line 12: under = "claude")".</summary>
    public static string Ask(PolicyRule rule) => rule.Ask is { Remembers: TimeSpan time } && !rule.IsAssumed
        ? $"you are asked before it signs, and a yes holds for {DurationText.Of(time)}{Where(rule)}"
        : $"you are asked before each signature{Where(rule)}";

    /// <summary>"denied if the rest of this rule holds (line 14: user = "root")".</summary>
    public static string Signature(PolicyRule rule)
    {
        string[] says =
        [
            .. rule.Use is { IsDenial: true } ? ["denied"] : Array.Empty<string>(),
            .. rule.Ask is { } ask ? [ask.IsAsked ? "you are asked" : "you are not asked"] : Array.Empty<string>(),
        ];
        return $"{string.Join(", and ", says)} if the rest of this rule holds{Where(rule)}";
    }

    /// <summary>"a rule hides every key here (line 20: under = "claude")".</summary>
    public static string Hidden(PolicyRule rule) => $"a rule hides every key here{Where(rule)}";

    private static string Where(PolicyRule rule) =>
        (rule.IsAssumed ? ", because a rule might match: its conditions could not be read" : "") + $" (line {rule.Line}: {rule.When})";
}
