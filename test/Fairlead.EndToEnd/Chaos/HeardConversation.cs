using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>One connection to an agent, as the agent sees it: which binds came, and what it was asked that may be asked once only.</summary>
internal sealed class HeardConversation(Model model, ChaosAgent agent)
{
    private readonly List<string> binds = [];
    private Delivery? pending;

    public void Note(byte[] request)
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

    /// <summary>What it was asked is about to be answered, or the connection to be closed.</summary>
    public void Settle()
    {
        if (pending is not null)
        {
            pending.IsPending = false;
            pending = null;
        }
    }
}
