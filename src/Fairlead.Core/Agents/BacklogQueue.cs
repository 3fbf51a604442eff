using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>
/// The requests that wait for a place in one agent's backlog, in order: connect(2) on a unix socket whose backlog is full ends in EAGAIN,
/// and no event says when there is room. Only the first tries again by the clock; the next has its turn when the first is in. Belongs to
/// the loop.
/// </summary>
internal sealed class BacklogQueue(EventLoop loop)
{
    /// <summary>An agent that lets no request in for this time does not accept.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait for an agent that accepts, as for one that is busy (<c>[patience] busy</c>).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly LinkedList<LoopSignal> waiting = new();
    private long movedAt;

    /// <summary>Nothing waits: a new request may try at once.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <param name="connect">One attempt: a descriptor, or minus errno.</param>
    /// <param name="ended">Nobody needs the connection any more.</param>
    /// <returns>The descriptor, or minus errno: EAGAIN if there was no place in time.</returns>
    public async ValueTask<int> ConnectAsync(Func<ValueTask<int>> connect, CancellationToken ended)
    {
        long came = loop.Time.GetTimestamp();
        var turn = new LoopSignal();
        LinkedListNode<LoopSignal> place = waiting.AddLast(turn);
        using CancellationTokenRegistration end = ended.UnsafeRegister(static turn => ((LoopSignal)turn!).Raise(Wake.Closed), turn);
        try
        {
            while (waiting.First != place && !ended.IsCancellationRequested)
            {
                await turn.WaitAsync();
            }

            while (!ended.IsCancellationRequested)
            {
                int connected = await connect();
                if (connected >= 0)
                {
                    movedAt = loop.Time.GetTimestamp();
                }

                if (connected != -Errno.EAGAIN || IsOver(came))
                {
                    return connected;
                }

                using LoopTimer timer = loop.Schedule(Pause, () => turn.Raise(Wake.TimedOut));
                await turn.WaitAsync();
            }

            return -Errno.EAGAIN;
        }
        finally
        {
            waiting.Remove(place);
            CallFirst();
        }
    }

    /// <summary>The first came before all others, so its time also ends first.</summary>
    private bool IsOver(long came)
    {
        TimeSpan waited = loop.Time.GetElapsedTime(came);
        return waited >= Longest || (waited >= Standstill && loop.Time.GetElapsedTime(movedAt) >= Standstill);
    }

    /// <summary>In a separate turn of the loop, because a crowd would otherwise run inside one another's continuations.</summary>
    private void CallFirst()
    {
        if (!IsEmpty)
        {
            loop.Schedule(TimeSpan.Zero, () => waiting.First?.Value.Raise(Wake.Ready));
        }
    }
}
