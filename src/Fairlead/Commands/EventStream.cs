using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>A connection on which the daemon tells of each request as it passes.</summary>
internal static class EventStream
{
    /// <param name="mayStart">The daemon, if it does not run.</param>
    public static (ControlClient? Client, Failure? Failure) Open(bool mayStart = true)
    {
        (ControlClient? client, Failure? failure) = DaemonAccess.Connect(mayStart);
        if (client is null)
        {
            return (null, failure);
        }

        if (client.TryAsk(new ControlRequest { Verb = ControlVerb.Events }, out ControlReply? reply) != ControlOutcome.Answered || reply!.Error is not null)
        {
            client.Dispose();
            return (null, DaemonAccess.Unexpected());
        }

        client.Expect(null);
        return (client, null);
    }
}
