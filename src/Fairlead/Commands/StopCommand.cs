using System.CommandLine;
using Fairlead.Core.Control;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead stop</c>. It never starts the daemon in order to stop it.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "stop",
            "end the daemon; the next login or command starts it again",
            new Example("fairlead stop", "no agent answers until it runs again"),
            new Example("fairlead stop && fairlead start", "begin anew"));
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output, TextWriter error)
    {
        // A mistake in the configuration must not keep anybody from ending the daemon.
        SocketLocations locations = ConfiguredLocations.Find(Surroundings.Read());
        if (locations.Choose() is not { } location)
        {
            return DaemonAccess.Refuse(locations, ExitCode.Failed).WriteTo(error);
        }

        ControlOutcome outcome = ControlClient.TryConnect(location.Control, location.Owner, StopTimeout, out ControlClient? client);
        using ControlClient? daemon = client;
        ControlReply? reply = null;
        outcome = daemon?.TryAsk(new ControlRequest { Verb = ControlVerb.Stop }, out reply) ?? outcome;
        switch (outcome)
        {
            case ControlOutcome.Answered when reply!.Error is { } refusal:
                return new Failure(ExitCode.Failed, refusal).WriteTo(error);
            case ControlOutcome.Answered:
                daemon!.WaitForEnd(); // So that a start right after it finds the lock free.
                output.Write("stopped\n");
                return ExitCode.Done;
            case ControlOutcome.NotReachable:
                output.Write("the daemon does not run\n");
                return ExitCode.Done;
            default:
                return DaemonAccess.Explain(outcome, location).WriteTo(error);
        }
    }
}
