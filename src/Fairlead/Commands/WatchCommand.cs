using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead watch</c>: who is there, and the requests as they pass.</summary>
internal static class WatchCommand
{
    public static DocumentedCommand Create()
    {
        var command = new DocumentedCommand(
            "watch",
            "show agents, logins and requests as they pass",
            new Example("fairlead watch", "until you press q"),
            new Example("fairlead watch | grep web01", "a line for each request, for web01"),
            new Example("fairlead events", "the same for a program"))
        {
            Notes =
            [
                "A request is shown with who asked (program, process, pane), for which server,",
                "how it ended and how long it took; below it are agent and key. A server has its",
                "name in your known_hosts, or its fingerprint where there is none.",
            ],
        };
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        (WatchSession? session, Failure? failure) = WatchSession.Begin();
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
