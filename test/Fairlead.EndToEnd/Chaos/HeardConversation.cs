using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>One connection to an agent, as the agent sees it: which binds came, and what it was asked that may be asked once only.</summary>
internal sealed class HeardConversation(Model model, ChaosAgent agent)
{
    private readonly Lock gate = new();
    private readonly List<string> binds = [];
    private Delivery? pending;
    private bool hasEnded;

    public void Note(byte[] request)
    {
        lock (gate)
        {
            if (!hasEnded)
            {
                Hear(request);
            }
        }
    }

    /// <summary>What it was asked is about to be answered.</summary>
    public void Settle()
    {
        lock (gate)
        {
            if (pending is not null)
            {
                pending.IsPending = false;
                pending = null;
            }
        }
    }

    /// <summary>The connection is about to be closed. Fairlead may then ask somebody else, before this agent has looked at what came last.</summary>
    public void End()
    {
        lock (gate)
        {
            hasEnded = true;
            Settle();
        }
    }

    private void Hear(byte[] request)
    {
        switch (request[0])
        {
            case Message.Extension when ChaosMessage.Texts(request, 1, 4) is [ChaosMessage.SessionBind, _, string session, _]:
                binds.Add(session);
                break;
            case Message.SignRequest when ChaosMessage.Texts(request, 1, 2) is [_, string data]:
                pending = model.Deliver(data, agent, binds);
                break;
            case ChaosMessage.AddIdentity when ChaosMessage.Texts(request, 1) is [_, string name]:
                model.Deliver(name, agent, binds);
                break;
            case ChaosMessage.RemoveIdentity when ChaosMessage.Texts(request, 1) is [string name]:
                model.Deliver(name, agent, binds);
                break;
        }
    }
}
