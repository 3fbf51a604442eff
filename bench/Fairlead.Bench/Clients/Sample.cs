namespace Fairlead.Bench.Clients;

/// <summary>One burst of requests.</summary>
/// <param name="Median">Microseconds, as <paramref name="Tail"/>, the 99th percentile.</param>
internal sealed record Sample(double Median, double Tail, double PerSecond, int Failed)
{
    /// <summary>From the time of each request, in microseconds; failed ones have none.</summary>
    public static Sample Of(List<double> times, TimeSpan took, int failed)
    {
        times.Sort();
        double At(double share) => times.Count == 0 ? double.NaN : times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return new Sample(At(0.5), At(0.99), times.Count / took.TotalSeconds, failed);
    }
}
