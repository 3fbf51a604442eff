using Fairlead.Client;
using Fairlead.Live;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead watch</c>: agents, logins, and the requests as they pass.</summary>
internal static class WatchCommand
{
    public static DocumentedCommand Create()
    {
        var command = new DocumentedCommand(
            "watch",
            "show agents, logins and requests as they pass",
            new Example("fairlead watch", "until you press q; Ctrl-Z suspends it"),
            new Example("fairlead watch | grep web01", "a line for each request, for web01"),
            new Example("fairlead events", "the same for a program"))
        {
            Notes =
            [
                "Each request is shown with its caller (program, process, pane), the server, the",
                "outcome and how long it took; agent and key stand below. A server is called by",
                "its name in your known_hosts, or by its fingerprint.",
            ],
        };
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        (WatchSession? session, Failure? failure) = WatchSession.Begin(CommandContext.Read());
        if (session is null)
        {
            return failure!.WriteTo(error);
        }

        using (session)
        {
            bool canDraw = output is StandardWriter { Columns: not null } && Surroundings.Variable("TERM") is not (null or "dumb");
            return canDraw ? new LiveWatch(session, output).Run() : new PlainWatch(session, output, error).Run();
        }
    }
}
