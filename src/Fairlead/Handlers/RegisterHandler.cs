using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>A login names its own agent: its folder is marked from now on, and what the login brought about is looked at. Nobody waits for an answer.</summary>
internal sealed class RegisterHandler(AgentRegistry registry, AgentArrivals arrivals, StalePathKeeper stalePaths) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Register;

    public ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        registry.Register(request.Socket ?? "");
        arrivals.NoteLogin();
        stalePaths.Look();
        return ValueTask.FromResult<ControlReply?>(null);
    }
}
