using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Relay;

/// <summary>Something that waits for an agent: a held request, or a <c>fairlead wait</c>. Disposing it ends the wait.</summary>
/// <param name="pid">The process that waits; 0 in another pid namespace.</param>
/// <param name="left">How long it may still wait; null for no end.</param>
internal sealed class Waiter(EventLoop loop, WaitQueue queue, AgentArrivals arrivals, int pid, Func<TimeSpan?> left) : IDisposable
{
    private readonly LoopSignal signal = new();
    private bool hasNews;

    public int Pid => pid;

    /// <summary>The process's own name; null if it cannot be seen.</summary>
    public string? Command { get; } = ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Command : null;

    public DateTimeOffset Since { get; } = loop.Time.GetUtcNow();

    /// <summary>Null for no end.</summary>
    public DateTimeOffset? Until => left() is TimeSpan rest ? loop.Time.GetUtcNow() + rest : null;

    /// <summary>It has asked all agents, and waits.</summary>
    public bool IsWaiting => signal.IsAwaited;

    /// <summary>Begins to wait: it misses no news from now on.</summary>
    public Waiter Begin()
    {
        queue.Add(this);
        arrivals.Join(Tell);
        return this;
    }

    /// <summary>Waits until it is worth asking again.</summary>
    /// <param name="ended">Cancelled when nobody waits any more.</param>
    /// <param name="again">After which it is worth asking again without any news; null for never.</param>
    /// <returns>False when the time is over, or nobody waits any more.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken ended, TimeSpan? again = null)
    {
        using CancellationTokenRegistration end = ended.UnsafeRegister(static signal => ((LoopSignal)signal!).Raise(Wake.Closed), signal);
        using LoopTimer? round = again is TimeSpan interval ? loop.Schedule(interval, Tell) : null;
        while (!hasNews && !ended.IsCancellationRequested && left() is var rest && !(rest <= TimeSpan.Zero))
        {
            using LoopTimer? timer = rest is TimeSpan time ? loop.Schedule(time, () => signal.Raise(Wake.TimedOut)) : null;
            await signal.WaitAsync();
        }

        bool isWorthIt = hasNews && !ended.IsCancellationRequested;
        hasNews = false;
        return isWorthIt;
    }

    public void Dispose()
    {
        arrivals.Leave(Tell);
        queue.Remove(this);
    }

    private void Tell()
    {
        hasNews = true;
        signal.Raise(Wake.Ready);
    }
}
