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
            "start the daemon, if it does not run yet",
            new Example("fairlead start", "logins do this by themselves through the rc line"));
        command.SetAction(parse => Run(CommandContext.Read(), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, TextWriter output, TextWriter error)
    {
        if (context.StartObstacle is { } obstacle)
        {
            return obstacle.WriteTo(error);
        }

        if (RunningPid(context.LocationDespiteMistake!) is { } running)
        {
            output.Write($"already running, pid {running}\n");
            return ExitCode.Done;
        }

        StartOutcome outcome = context.Start(DaemonStarter.CommandTimeout, ConnectTimeout, out ControlClient? client);
        using (client)
        {
            if (client is not null)
            {
                string done = outcome == StartOutcome.AlreadyRunning ? "already running" : "started";
                output.Write($"{done}, pid {client.DaemonPid}, at {context.LocationDespiteMistake!.Socket}\n");
                return ExitCode.Done;
            }
        }

        string message = outcome == StartOutcome.Late ? "the daemon did not answer in time" : "the daemon ended at once";
        return new Failure(ExitCode.Failed, message, "fairlead daemon (runs it here and shows why)").WriteTo(error);
    }

    private static int? RunningPid(SocketLocation location)
    {
        ControlOutcome outcome = location.TryConnect(ConnectTimeout, out ControlClient? client);
        using (client)
        {
            return outcome == ControlOutcome.Answered ? client?.DaemonPid : null;
        }
    }
}
