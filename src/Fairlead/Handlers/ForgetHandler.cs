using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Takes back every yes that still holds.</summary>
internal sealed class ForgetHandler(AskingDesk desk) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Forget;

    public ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) =>
        ValueTask.FromResult<ControlReply?>(new ControlReply { Forgotten = new ForgottenReport { Forgotten = desk.Forget() } });
}
