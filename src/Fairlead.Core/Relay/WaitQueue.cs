using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;

namespace Fairlead.Core.Relay;

/// <summary>The waiters for an agent at this moment, and how long each may wait. Belongs to the loop.</summary>
internal sealed class WaitQueue(EventLoop loop, AgentArrivals arrivals, RoutePlanner planner, RelayOptions options)
{
    private readonly List<Waiter> all = [];

    /// <summary>The longest there first.</summary>
    public IReadOnlyList<Waiter> All => all;

    /// <summary>
    /// Holds a request for keys that no live agent can answer: as long as the caller or the configuration says, and, whatever they say,
    /// while an agent is about to appear.
    /// </summary>
    /// <param name="isBound">Its conversation carries a session-bind.</param>
    /// <returns>Null if it must not be held.</returns>
    public async ValueTask<Waiter?> HoldAsync(CallerIdentity caller, bool isBound)
    {
        long began = loop.Time.GetTimestamp();
        string? wish = await planner.VariableAsync(caller, HoldTimeouts.Variable);
        TimeSpan limit = options.HoldTimeouts.For(wish, isBound);
        TimeSpan? Left()
        {
            TimeSpan left = limit - loop.Time.GetElapsedTime(began);
            return left > arrivals.Expected ? left : arrivals.Expected;
        }

        return Left() > TimeSpan.Zero ? new Waiter(loop, this, arrivals, caller.Pid, Left).Begin() : null;
    }

    /// <summary>A process that waits before it asks for any keys.</summary>
    /// <param name="limit">Null for no end.</param>
    public Waiter Begin(CallerIdentity caller, TimeSpan? limit)
    {
        long began = loop.Time.GetTimestamp();
        return new Waiter(loop, this, arrivals, caller.Pid, () => limit - loop.Time.GetElapsedTime(began)).Begin();
    }

    /// <summary>Keys were added or agents changed through us: waiters ask again.</summary>
    public void LookAgain() => arrivals.Tell();

    internal void Add(Waiter waiter) => all.Add(waiter);

    internal void Remove(Waiter waiter) => all.Remove(waiter);
}
