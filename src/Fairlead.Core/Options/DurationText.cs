using System.Globalization;

namespace Fairlead.Core.Options;

/// <summary>A time as people write it: <c>250ms</c>, <c>1.5s</c>, <c>2m</c>, <c>8h</c>.</summary>
internal static class DurationText
{
    /// <summary>Longer ones are mistakes, and no timer here counts further.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <returns>False for nothing, for less than nothing, for less than a tick (100 ns), and for what has no unit.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, TimeSpan one) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
                && count > 0 && count <= (decimal)(Longest / one))
            {
                duration = one * (double)count;
                return duration > TimeSpan.Zero;
            }
        }

        duration = default;
        return false;
    }

    /// <summary>Reads a time that may be nothing: <c>0s</c>, or a bare <c>0</c>.</summary>
    public static bool TryParseOrZero(string text, out TimeSpan duration)
    {
        bool isZero = text == "0" || Units.Any(known => text == $"0{known.Unit}");
        duration = default;
        return isZero || TryParse(text, out duration);
    }

    /// <summary>Reads a time as a person types it for one command: a bare number is seconds, as for sleep(1) and timeout(1).</summary>
    public static bool TryParseTyped(string text, out TimeSpan duration) => TryParseOrZero(text, out duration) || TryParse(text + "s", out duration);

    /// <summary>In the largest unit that needs no more than one decimal.</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        (string unit, TimeSpan one) = Units.LastOrDefault(known => known.One <= duration && duration.Ticks * 10 % known.One.Ticks == 0, Units[0]);
        return (duration / one).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
