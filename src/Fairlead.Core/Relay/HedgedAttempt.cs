using Fairlead.Core.Agents;
using Fairlead.Core.Frames;

namespace Fairlead.Core.Relay;

/// <summary>One agent that is asked in a <see cref="HedgedRequest"/>, and what it has answered.</summary>
internal sealed class HedgedAttempt(Upstream upstream) : IDisposable
{
    public Upstream Upstream => upstream;

    public Agent Agent => upstream.Agent;

    /// <summary>Null until it has answered, and if it never will.</summary>
    public Frame? Answer { get; set; }

    public AnswerWorth Worth { get; set; }

    /// <summary>It is out of reach, or its time is up although it is awake: its answer counts when no other agent has one.</summary>
    public bool IsLate { get; set; }

    /// <summary>It has answered, or will not in this round.</summary>
    public bool IsFinished { get; set; }

    public void Dispose()
    {
        Answer?.Dispose();
        upstream.Dispose();
    }
}

/// <summary>What an agent's answer is worth to a <see cref="HedgedRequest"/>.</summary>
internal enum AnswerWorth
{
    /// <summary>As if it had not answered.</summary>
    Nothing,

    /// <summary>Taken if no agent has a better one.</summary>
    Fallback,

    /// <summary>Ends the request, whatever the agents after it would say.</summary>
    Final,
}
