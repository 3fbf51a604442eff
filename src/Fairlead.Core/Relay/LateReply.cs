using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Relay;

/// <summary>
/// An answer that nobody waits for any more. Its connection stays, because its coming tells that the agent is there again; asking anew would only
/// put one more request before somebody who sleeps.
/// </summary>
internal sealed class LateReply(EventLoop loop, AgentHealth health, bool asksPerson)
{
    private bool isLate;

    /// <param name="left">The rest of the agent's patience: when it is over, the agent is stalled.</param>
    public async Task AwaitAsync(UnixStream stream, TimeSpan left)
    {
        using LoopTimer? timer = left > TimeSpan.Zero ? loop.Schedule(left, BecomeLate) : null;
        if (timer is null)
        {
            BecomeLate();
        }

        using (stream)
        {
            while (stream.IsQuiet && await stream.WaitReadableAsync() == Wake.Ready)
            {
            }
        }

        if (isLate)
        {
            health.EndStall();
        }
        else if (asksPerson)
        {
            health.EndQuestion();
        }
    }

    private void BecomeLate()
    {
        isLate = true;
        health.BeginStall();
        if (asksPerson)
        {
            health.EndQuestion();
        }
    }
}
