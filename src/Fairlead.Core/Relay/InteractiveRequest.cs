using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Relay;

/// <summary>A request for which the agent may ask a person: the agent is busy until it has answered.</summary>
internal sealed class InteractiveRequest
{
    private readonly AgentHealth health;
    private readonly LoopTimer? timer;
    private bool isAsked;

    /// <param name="isUnattended">The agent asked nobody for such a request before: it is busy only if this one takes longer.</param>
    public InteractiveRequest(EventLoop loop, AgentHealth health, bool isUnattended)
    {
        this.health = health;
        if (isUnattended)
        {
            timer = loop.Schedule(health.Usual + UnattendedKeys.Margin, Ask);
        }
        else
        {
            Ask();
        }
    }

    /// <summary>A person may be looking at it.</summary>
    public void Ask()
    {
        timer?.Dispose();
        if (!isAsked)
        {
            isAsked = true;
            health.BeginQuestion();
        }
    }

    public void End()
    {
        timer?.Dispose();
        if (isAsked)
        {
            health.EndQuestion();
        }
    }
}
