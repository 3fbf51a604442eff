namespace Fairlead.Bench.Output;

internal enum Unit
{
    Microseconds,
    Milliseconds,
    Megabytes,
    PerSecond,
    Count,
}
