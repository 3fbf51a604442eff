using System.Diagnostics;

namespace Fairlead.Bench.Clients;

/// <summary>A client that lists again and again while others make a load, of the agent itself and through the relay in turns.</summary>
internal sealed class Bystander : IDisposable
{
    /// <summary>Lists that a percentile is worth something of.</summary>
    private const int Enough = 500;

    private readonly List<double> direct = [];
    private readonly List<double> relayed = [];
    private readonly Thread thread;
    private volatile bool mayEnd;
    private int failed;

    private Bystander(string agent, string relay)
    {
        thread = new Thread(() =>
        {
            while (!mayEnd || relayed.Count + failed < Enough)
            {
                Time(agent, direct);
                Time(relay, relayed);
            }
        });
        thread.Start();
    }

    public static Bystander Start(string agent, string relay) => new(agent, relay);

    /// <summary>What it had to wait, once there is enough of it.</summary>
    public (Sample Direct, Sample Relayed) End()
    {
        Dispose();
        return (Sample.Of(direct, TimeSpan.FromSeconds(1), 0), Sample.Of(relayed, TimeSpan.FromSeconds(1), failed));
    }

    public void Dispose()
    {
        mayEnd = true;
        thread.Join();
    }

    private void Time(string path, List<double> times)
    {
        long began = Stopwatch.GetTimestamp();
        if (Question.ReadList(path).Length > 0)
        {
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        else
        {
            failed++;
        }
    }
}
