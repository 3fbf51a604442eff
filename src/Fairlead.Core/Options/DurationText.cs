using System.Globalization;

namespace Fairlead.Core.Options;

/// <summary>A time as people write it: <c>250ms</c>, <c>1.5s</c>, <c>2m</c>, <c>8h</c>.</summary>
internal static class DurationText
{
    /// <summary>A longer time is a mistake, and no timer here counts further.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <returns>False for zero, for a negative time, for less than a tick (100 ns), and without a unit.</returns>
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

    /// <summary>Reads a time that may be zero: <c>0s</c>, or a bare <c>0</c>.</summary>
    public static bool TryParseOrZero(string text, out TimeSpan duration)
    {
        bool isZero = text == "0" || Units.Any(known => text == $"0{known.Unit}");
        duration = default;
        return isZero || TryParse(text, out duration);
    }

    /// <summary>Reads a time as a person types it for one command: a bare number is seconds, as for sleep(1) and timeout(1).</summary>
    public static bool TryParseTyped(string text, out TimeSpan duration) => TryParseOrZero(text, out duration) || TryParse(text + "s", out duration);

    /// <summary>As people write it: in the largest unit that needs no decimal ("90s", not "1.5m"); seconds may have one ("1.5s").</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        (string unit, TimeSpan one) = Units.LastOrDefault(known => known.One <= duration && IsShort(duration, known.One), Units[0]);
        return (duration / one).ToString(CultureInfo.InvariantCulture) + unit;
    }

    private static bool IsShort(TimeSpan duration, TimeSpan one) => duration.Ticks * (one == TimeSpan.FromSeconds(1) ? 10 : 1) % one.Ticks == 0;
}
