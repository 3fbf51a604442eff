using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Client;

/// <summary>A connection on which the daemon tells of each request as it passes.</summary>
internal static class EventStream
{
    /// <param name="mayStart">As for <see cref="CommandContext.Connect(bool)"/>.</param>
    public static (ControlClient? Client, Failure? Failure) Open(CommandContext context, bool mayStart = true)
    {
        (ControlClient? client, Failure? failure) = context.Connect(mayStart);
        if (client is null)
        {
            return (null, failure);
        }

        if (client.TryAsk(new ControlRequest { Verb = ControlVerb.Events }, out ControlReply? reply) != ControlOutcome.Answered || reply!.Error is not null)
        {
            Failure refused = reply?.Error is { } error ? DaemonFailure.Of(error) : DaemonFailure.OtherVersion(client.AskBuild());
            client.Dispose();
            return (null, refused);
        }

        client.Expect(null);
        return (client, null);
    }
}
