using System.Globalization;

namespace Fairlead.Bench.Output;

/// <summary>What fairlead may cost, and whether it kept to that.</summary>
internal sealed record Budget(string Text, bool IsMet)
{
    public static Budget AtMost(double limit, double measured, string unit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"<= {limit} {unit}"), measured <= limit);
}
