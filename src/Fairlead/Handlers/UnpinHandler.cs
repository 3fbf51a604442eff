using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Handlers;

/// <summary>Takes a pin back. Without a pin in the reply there was none.</summary>
internal sealed class UnpinHandler(RoutePlanner planner) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Unpin;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        IReadOnlyList<AgentFacts> known = await planner.UsableAsync();
        return new ControlReply { Pin = planner.Options.Unpin(known) is { } was ? PinReports.Of(was, known) : null };
    }
}
