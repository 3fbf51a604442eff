using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Probing;

namespace Fairlead.Core.Relay;

/// <summary>
/// An answer that nobody waits for any more. Its connection stays, because its coming tells that the agent is there again; asking anew would only
/// put one more request before somebody who sleeps. All of it must come: an agent that drips is not there again with each byte.
/// </summary>
internal sealed class LateReply(AgentHealth health)
{
    private bool isStalled;

    /// <param name="patience">What is left of it: when it is over, the agent is stalled. Null where it is over already.</param>
    public async Task AwaitAsync(FrameStream frames, Patience? patience)
    {
        if (patience is { IsOver: false })
        {
            patience.Late = null;
            patience.Over = Stall;
        }
        else
        {
            Stall();
        }

        using (frames)
        using (patience)
        {
            using Frame? answer = await frames.ReadAsync();
        }

        if (isStalled)
        {
            health.EndStall();
        }
    }

    private void Stall()
    {
        isStalled = true;
        health.BeginStall();
    }
}
