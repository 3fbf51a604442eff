using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead start</c>: a person asked, so it starts wherever that is, except in another user's home.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "start",
            "start the daemon if it is not running",
            new Example("fairlead start", "logins do this through the line in the rc file"));
        command.SetAction(parse => Run(CommandContext.Read(), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, TextWriter output, TextWriter error)
    {
        FoundDaemon found = context.Find(ConnectTimeout);
        using (found.Client)
        {
            if (found.Client is { } running)
            {
                output.Write($"already running, pid {running.DaemonPid}\n");
                return ExitCode.Done;
            }
        }

        if (context.StartObstacle is { } obstacle)
        {
            return obstacle.WriteTo(error);
        }

        if (found.IsThere)
        {
            return DaemonFailure.Of(found.Outcome, found.State).WriteTo(error);
        }

        StartOutcome outcome = context.Start(DaemonStarter.CommandTimeout, ConnectTimeout, out ControlClient? client);
        using (client)
        {
            if (client is not null)
            {
                string done = outcome == StartOutcome.AlreadyRunning ? "already running" : "started";
                output.Write(PlainText.Of($"{done}, pid {client.DaemonPid}, at {context.LocationDespiteMistake!.Socket}") + "\n");
                return ExitCode.Done;
            }
        }

        string message = outcome == StartOutcome.Late ? "the daemon did not answer in time" : "the daemon ended at once";
        return new Failure(ExitCode.Failed, message, "fairlead daemon (run it here to see why)").WriteTo(error);
    }
}
