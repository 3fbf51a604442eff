using Fairlead.Core.Agents;
using Fairlead.Core.Frames;

namespace Fairlead.Core.Probing;

/// <summary>One question to an agent whether it leads back to us, until it is answered or given up.</summary>
internal sealed class LoopProbe(LoopDetector detector, Agent agent, string token, ReadOnlyMemory<byte> request) : IDisposable
{
    public ReadOnlyMemory<byte> Request => request;

    /// <summary>Whether the agent may be used; an agent that is not a fairlead may.</summary>
    public bool Read(Frame answer) => detector.Learn(agent, answer);

    public void Dispose() => detector.Forget(token);
}
