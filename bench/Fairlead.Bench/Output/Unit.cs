namespace Fairlead.Bench.Output;

internal enum Unit
{
    Microseconds,
    Milliseconds,
    Megabytes,
    PerSecond,
    Count,

    /// <summary>The power of the number of things with which a time grows; 1 is linear.</summary>
    Order,
}
