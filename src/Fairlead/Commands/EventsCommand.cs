using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Ssh;

namespace Fairlead.Commands;

/// <summary><c>fairlead events</c>: a line of JSON for each request, until it is interrupted or the daemon ends.</summary>
internal static class EventsCommand
{
    public static DocumentedCommand Create()
    {
        var command = new DocumentedCommand(
            "events",
            "print each request as it passes, as JSON",
            new Example("fairlead events", "until Ctrl-C or the daemon ends"),
            new Example("fairlead events | jq -r '.host.name // empty'", "the servers you log in to"),
            new Example("fairlead events >>requests.json", "keep them in a file"))
        {
            Notes =
            [
                "Each line has the caller (process, terminal, pane), the agent and why it was",
                "asked, the key, the server, the outcome and how long it took. A request that",
                "waits has two lines. They hold no secrets, but they show where you log in.",
            ],
        };
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        (ControlClient? client, Failure? failure) = EventStream.Open(context);
        if (client is null)
        {
            return failure!.WriteTo(error);
        }

        using (client)
        {
            var hosts = new HostNames(context.Around);
            while (client.TryHear(out ControlReply? reply) == ControlOutcome.Answered)
            {
                if (reply!.Event is { } report)
                {
                    output.Write(JsonLine.Of(hosts.Complete(report), ControlJson.Default.EventReport));
                }

                if (output is StandardWriter { IsUnread: true })
                {
                    return ExitCode.Done;
                }
            }
        }

        return new Failure(ExitCode.DaemonNotReachable, "the daemon has ended", "fairlead events").WriteTo(error);
    }
}
