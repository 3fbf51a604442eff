using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Ends the daemon.</summary>
internal sealed class StopHandler(Action stop) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Stop;

    public ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        stop();
        return ValueTask.FromResult<ControlReply?>(new ControlReply());
    }
}
