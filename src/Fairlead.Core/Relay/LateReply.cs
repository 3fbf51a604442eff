using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Probing;

namespace Fairlead.Core.Relay;

/// <summary>
/// An answer that nothing waits for any more. Its connection stays, because the answer shows that the agent is there again; a new question
/// would only add one more request for a laptop that sleeps. The whole answer must arrive: an agent that sends byte by byte is not there
/// again with each byte. If it never arrives, the agent is asked something else later (<see cref="AgentHealth.TryAskAgain"/>).
/// </summary>
/// <param name="untilAskedAgain">How long the agent is asked nothing else, once it is stalled.</param>
internal sealed class LateReply(AgentHealth health, FrameStream frames, TimeSpan untilAskedAgain, TimeProvider time)
{
    private readonly Action giveUp = frames.Stream.Cancel;
    private bool isStalled;

    /// <param name="patience">The rest of the agent's patience: when it is over, the agent is stalled. Null if it is already over.</param>
    public async Task AwaitAsync(Patience? patience)
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

        bool hasAnswered;
        using (frames)
        using (patience)
        {
            using Frame? answer = await frames.ReadAsync();
            hasAnswered = answer is not null;
        }

        if (isStalled)
        {
            health.EndStall(giveUp);
        }

        if (hasAnswered)
        {
            health.ForgiveOwed();
        }
    }

    private void Stall()
    {
        isStalled = true;
        health.BeginStall(giveUp, untilAskedAgain, time);
    }
}
