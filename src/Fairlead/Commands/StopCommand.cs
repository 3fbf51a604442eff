using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Location;
using Fairlead.Output;

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
        command.SetAction(parse => Run(CommandContext.Read(), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, TextWriter output, TextWriter error)
    {
        // A mistake in the configuration must not keep anybody from ending the daemon.
        (SocketLocation? location, Failure? failure) = context.FindLocationDespiteMistake();
        if (location is null)
        {
            return failure!.WriteTo(error);
        }

        ControlOutcome outcome = location.TryConnect(StopTimeout, out ControlClient? client);
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
                return DaemonFailure.Of(outcome, location).WriteTo(error);
        }
    }
}
