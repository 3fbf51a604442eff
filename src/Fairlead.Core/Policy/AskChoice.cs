using Fairlead.Core.Options;

namespace Fairlead.Core.Policy;

/// <summary>Whether a rule has the person asked before each signature, and how long a yes holds.</summary>
/// <param name="Remembers">How long a yes holds for signatures of the same kind; null for this one only.</param>
internal sealed record AskChoice(bool IsAsked, TimeSpan? Remembers)
{
    /// <summary><c>ask = false</c>: an exception from the rules after it.</summary>
    public static readonly AskChoice Never = new(IsAsked: false, null);

    /// <summary><c>ask = true</c>.</summary>
    public static readonly AskChoice EachTime = new(IsAsked: true, null);

    /// <summary>As the configuration has it: true, false, "30m".</summary>
    public override string ToString() => Remembers is TimeSpan time ? $"\"{DurationText.Of(time)}\"" : IsAsked ? "true" : "false";
}
