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
            "stop the daemon; the next login or command starts it again",
            new Example("fairlead stop", "no agent answers until it runs again"),
            new Example("fairlead stop && fairlead start", "start afresh"));
        command.SetAction(parse => Run(CommandContext.Read(), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>Ends all daemons of this person on this machine: a mistake in the configuration, or another name of the host, hides none.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, TextWriter output, TextWriter error)
    {
        IReadOnlyList<FoundDaemon> daemons = DaemonSearch.FindAll(context.Locations, StopTimeout);
        if (daemons.Count == 0)
        {
            output.Write("the daemon is not running\n");
            return ExitCode.Done;
        }

        Failure[] failures = [.. daemons.Select(Stop).OfType<Failure>()];
        int stopped = daemons.Count - failures.Length;
        output.Write(stopped == 0 ? "" : stopped == 1 ? "stopped\n" : $"stopped {stopped} daemons\n");
        return failures.Select(failure => failure.WriteTo(error)).LastOrDefault(ExitCode.Done);
    }

    private static Failure? Stop(FoundDaemon found)
    {
        using ControlClient? daemon = found.Client;
        ControlReply? reply = null;
        ControlOutcome outcome = daemon?.TryAsk(new ControlRequest { Verb = ControlVerb.Stop }, out reply) ?? found.Outcome;
        if (outcome != ControlOutcome.Answered)
        {
            return DaemonFailure.Of(outcome, found.State, daemon?.DaemonPid ?? 0);
        }

        if (reply!.Error is { } refusal)
        {
            return DaemonFailure.Of(refusal);
        }

        daemon!.WaitForEnd(); // so that a start right after it finds the lock free
        return null;
    }
}
