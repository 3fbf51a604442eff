using System.Diagnostics;

namespace Fairlead.Bench.Staging;

/// <summary>Waits for something that tells nobody when it happens.</summary>
internal static class Await
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public static void Until(Func<bool> condition, string what, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"waited {Patience.TotalSeconds} s for {what}");
            }

            _ = stop.WaitHandle.WaitOne(Pause);
            stop.ThrowIfCancellationRequested();
        }
    }
}
