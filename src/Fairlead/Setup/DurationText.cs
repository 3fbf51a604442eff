using System.Globalization;

namespace Fairlead.Setup;

/// <summary>A time as people write it: <c>250ms</c>, <c>1.5s</c>, <c>2m</c>, <c>8h</c>.</summary>
internal static class DurationText
{
    /// <summary>Longer ones are mistakes, and no timer here counts further.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <returns>False for nothing, for less than nothing, and for what has no unit.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, TimeSpan one) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
                && count > 0 && count <= (decimal)(Longest / one))
            {
                duration = one * (double)count;
                return true;
            }
        }

        duration = default;
        return false;
    }

    /// <summary>In the largest unit that needs no more than one decimal.</summary>
    public static string Of(TimeSpan duration)
    {
        (string unit, TimeSpan one) = Units.LastOrDefault(known => known.One <= duration && duration.Ticks * 10 % known.One.Ticks == 0, Units[0]);
        return (duration / one).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
