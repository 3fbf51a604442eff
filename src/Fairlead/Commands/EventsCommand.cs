using System.Text.Json;
using Fairlead.Client;
using Fairlead.Core.Control;
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
            new Example("fairlead events | jq -r '.host.name // empty'", "the servers asked for"),
            new Example("fairlead events >>requests.json", "keep them"))
        {
            Notes =
            [
                "A line says who asked (process, terminal, pane), which agent was asked and why,",
                "with which key and for which server, how it ended and how long that took. What",
                "is held has two lines. Nothing secret is in it, but where you log in is.",
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
            var hosts = new HostNames(() => KnownHosts.Read(context.Around));
            while (client.TryHear(out ControlReply? reply) == ControlOutcome.Answered)
            {
                if (reply!.Event is { } report)
                {
                    output.Write(JsonSerializer.Serialize(hosts.Complete(report), ControlJson.Default.EventReport) + "\n");
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
