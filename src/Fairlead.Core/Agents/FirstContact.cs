using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>A contact with an agent that asks it for no keys: who listens there, and whether it leads back to us.</summary>
internal sealed class FirstContact
{
    /// <summary>It was connected to, or could not be.</summary>
    public LoopEvent Connected { get; } = new();

    /// <summary>It has answered, or its connection has ended, or others should be asked: it is out of reach, or its time is up.</summary>
    public LoopEvent AnsweredOrLate { get; } = new();

    /// <summary>It has answered, or its connection has ended, or its patience has: then it counts as stalled.</summary>
    public LoopEvent AnsweredOrStalled { get; } = new();

    /// <summary>It has answered, or its connection has ended: for as long as that takes.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Lets the agent count as stalled now, if it has not answered: another one has, in its place.</summary>
    public Action? PassOver { get; set; }
}
