using System.Globalization;
using System.Security.Cryptography;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>Which chaos, and how long: one seed for half a minute, unless the environment says otherwise.</summary>
/// <param name="Time">After which no further step begins, once the daemon is warm.</param>
internal sealed record ChaosBudget(int Seed, TimeSpan Time)
{
    public const string SeedVariable = "FAIRLEAD_CHAOS_SEED";
    public const string TimeVariable = "FAIRLEAD_CHAOS_TIME";

    private const int FixedSeed = 4711;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>The same each time.</summary>
    public static ChaosBudget Fixed => new(FixedSeed, AskedTime);

    /// <summary>What the environment asks for, else another one each time.</summary>
    public static ChaosBudget Fresh => new(AskedSeed ?? RandomNumberGenerator.GetInt32(int.MaxValue), AskedTime);

    private static int? AskedSeed =>
        Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : null;

    private static TimeSpan AskedTime => Environment.GetEnvironmentVariable(TimeVariable) is { Length: > 0 } time ? Parse(time) : Usual;

    /// <summary>30s, 10m, 1h.</summary>
    private static TimeSpan Parse(string time) => double.Parse(time[..^1], CultureInfo.InvariantCulture) * time[^1] switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        _ => throw new FormatException($"{TimeVariable}={time}: a number and s, m or h"),
    };
}
