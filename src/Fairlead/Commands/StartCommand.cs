using System.CommandLine;
using Fairlead.Core.Control;
using Fairlead.Daemon;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead start</c>: a person asked, so it starts wherever that is, except in another user's home.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        (Placements? placements, Failure? failure) = DaemonAccess.FindPlacements(Surroundings.Read());
        if (placements is null)
        {
            return failure!.WriteTo(error);
        }

        if (placements.HomeIsForeign)
        {
            return DaemonAccess.ForeignHome(ExitCode.Failed).WriteTo(error);
        }

        if (placements.Choose() is not { } place)
        {
            return DaemonAccess.Refuse(placements, ExitCode.Failed).WriteTo(error);
        }

        if (RunningPid(place) is { } running)
        {
            output.Write($"already running, pid {running}\n");
            return ExitCode.Done;
        }

        StartOutcome outcome = DaemonStarter.Start(DaemonStarter.CommandPatience);
        Placement? found = placements.FindDaemon(Patience, out ControlClient? client);
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

    private static int? RunningPid(Placement place)
    {
        ControlOutcome outcome = ControlClient.TryConnect(place.Control, place.Owner, Patience, out ControlClient? client);
        using (client)
        {
            return outcome == ControlOutcome.Answered ? client?.DaemonPid : null;
        }
    }
}
