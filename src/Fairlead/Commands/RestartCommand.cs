using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Handover;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead restart</c>: the daemon hands its sockets to a new process of the program that is on disk now. Nobody is refused meanwhile.</summary>
internal static class RestartCommand
{
    /// <summary>The daemon waits for its old paths to rest and for the new process, <see cref="Successor.StartTimeout"/> each.</summary>
    private static readonly TimeSpan RestartTimeout = (2 * Successor.StartTimeout) + TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "restart",
            "hand over to the program on disk; no connection is refused",
            new Example("fairlead restart", "after an upgrade; what is under way goes on"));
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        // A mistake in the configuration is the new process's to find: the daemon that runs is where it was before the mistake.
        var context = CommandContext.Read();
        (SocketLocation? location, Failure? failure) = context.FindLocationDespiteMistake();
        if (location is null)
        {
            return failure!.WriteTo(error);
        }

        ControlOutcome outcome = location.TryConnect(RestartTimeout, out ControlClient? client);
        if (outcome == ControlOutcome.NotReachable)
        {
            return StartCommand.Run(context, output, error);
        }

        using ControlClient? daemon = client;
        ControlReply? reply = null;
        outcome = daemon?.TryAsk(new ControlRequest { Verb = ControlVerb.Restart }, out reply) ?? outcome;
        switch (outcome)
        {
            case ControlOutcome.Answered when reply!.Restart is { } report:
                return Tell(report, output, error);
            case ControlOutcome.Answered:
                string? mistake = context.Configuration.Error?.ToString();
                string message = reply.Error ?? "the daemon is of another version";
                return new Failure(ExitCode.Failed, mistake is null ? message : $"{message}: {mistake}", Hint(mistake, reply.Error)).WriteTo(error);
            default:
                return DaemonFailure.Of(outcome, location).WriteTo(error);
        }
    }

    /// <summary>A daemon that was started from elsewhere runs what is there, not what was typed here.</summary>
    private static int Tell(RestartReport report, TextWriter output, TextWriter error)
    {
        bool isThisProgram = FileStatus.TryReadTarget(report.Program, out FileStatus its) < 0
            || FileStatus.TryReadTarget(OwnProgram.Path, out FileStatus ours) < 0
            || its.Identity == ours.Identity;
        if (!isThisProgram)
        {
            return new Failure(
                ExitCode.Failed, $"the daemon runs {report.Program}, another program than this one", "fairlead stop && fairlead start").WriteTo(error);
        }

        output.Write($"restarted, pid {report.Pid}\n");
        return ExitCode.Done;
    }

    private static string Hint(string? mistake, string? refusal) =>
        mistake is not null ? "fairlead config" : refusal is null ? "fairlead stop && fairlead start" : "fairlead --version (does the program run?)";
}
