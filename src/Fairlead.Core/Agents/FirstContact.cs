using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>
/// A contact with an agent that asks for no keys: it shows which process listens, and whether the agent leads back to us.
/// </summary>
internal sealed class FirstContact
{
    /// <summary>The connection was made, or failed.</summary>
    public LoopEvent Connected { get; } = new();

    /// <summary>It has answered, or its connection has ended, or others should be asked: it is out of reach, or its time is up.</summary>
    public LoopEvent AnsweredOrLate { get; } = new();

    /// <summary>It has answered, or its connection has ended, or its patience has: then it counts as stalled.</summary>
    public LoopEvent AnsweredOrStalled { get; } = new();

    /// <summary>It has answered, or its connection has ended, however long that takes.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Makes the agent count as stalled now, if it has not answered, because another one has in its place.</summary>
    public Action? PassOver { get; set; }
}
