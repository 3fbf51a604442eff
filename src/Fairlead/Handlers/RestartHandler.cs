using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Hands over to a new process of the program that is on disk now.</summary>
/// <param name="handOver">What the daemon does for it, and says of it.</param>
internal sealed class RestartHandler(Func<ValueTask<ControlReply>> handOver) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Restart;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) => await handOver();
}
