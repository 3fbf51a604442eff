using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Answers one verb of the control socket. Belongs to the loop.</summary>
internal interface IControlHandler
{
    ControlVerb Verb { get; }

    /// <summary>The verb changes nothing, and no login runs it by itself.</summary>
    bool OnlyReports => false;

    /// <param name="client">Who asks: its peer's process, where the request names no other, and who waits for the answer.</param>
    /// <returns>Null after a request that nobody waits to see answered.</returns>
    ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client);
}
