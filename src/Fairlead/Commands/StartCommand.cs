using System.CommandLine;
using Fairlead.Core.Control;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

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
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output, TextWriter error)
    {
        (SocketLocations? locations, Failure? failure) = DaemonAccess.FindPlacements(Surroundings.Read());
        if (locations is null)
        {
            return failure!.WriteTo(error);
        }

        if (locations.HomeIsForeign)
        {
            return DaemonAccess.ForeignHome(ExitCode.Failed).WriteTo(error);
        }

        if (locations.Choose() is not { } location)
        {
            return DaemonAccess.Refuse(locations, ExitCode.Failed).WriteTo(error);
        }

        if (RunningPid(location) is { } running)
        {
            output.Write($"already running, pid {running}\n");
            return ExitCode.Done;
        }

        StartOutcome outcome = DaemonStarter.Start(DaemonStarter.CommandTimeout);
        SocketLocation? found = locations.FindDaemon(ConnectTimeout, out ControlClient? client);
        using (client)
        {
            if (found is not null)
            {
                output.Write($"{(outcome == StartOutcome.AlreadyRunning ? "already running" : "started")}, pid {client!.DaemonPid}, at {found.Socket}\n");
                return ExitCode.Done;
            }
        }

        string message = outcome == StartOutcome.Late ? "the daemon did not answer in time" : "the daemon ended at once";
        return new Failure(ExitCode.Failed, message, "fairlead daemon (runs it here and shows why)").WriteTo(error);
    }

    private static int? RunningPid(SocketLocation location)
    {
        ControlOutcome outcome = ControlClient.TryConnect(location.Control, location.Owner, ConnectTimeout, out ControlClient? client);
        using (client)
        {
            return outcome == ControlOutcome.Answered ? client?.DaemonPid : null;
        }
    }
}
