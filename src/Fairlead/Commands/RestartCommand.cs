using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Handover;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Shell;

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
            "hand over to the program on disk; refuse no connection",
            new Example("fairlead restart", "after an upgrade; requests under way continue"));
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        // A mistake in the configuration is the new process's to find: the daemon that runs is where it was before the mistake.
        var context = CommandContext.Read();
        (ControlOutcome outcome, StateLocation state, ControlClient? client) = context.Find(RestartTimeout);
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
                return Tell(context.ReadAgain(), report, output, error);
            case ControlOutcome.Answered:
                string? mistake = context.Configuration.Errors is [_, ..] errors ? string.Join("; ", errors) : null;
                string message = reply.Error ?? "the daemon is of another version";
                return new Failure(ExitCode.Failed, mistake is null ? message : $"{message}: {mistake}", Hint(context, mistake, reply.Error)).WriteTo(error);
            default:
                return DaemonFailure.Of(outcome, state, daemon?.DaemonPid ?? 0).WriteTo(error);
        }
    }

    /// <summary>
    /// A daemon that was started from elsewhere runs what is there, not what was typed here; all is well if that is of the same build. What begins the right
    /// program of several architectures is not elsewhere.
    /// </summary>
    private static int Tell(CommandContext context, RestartReport report, TextWriter output, TextWriter error)
    {
        bool isThisProgram = report.Program == TypedProgram.Own
            || FileStatus.TryReadTarget(report.Program, out FileStatus its) < 0
            || FileStatus.TryReadTarget(OwnProgram.Path, out FileStatus ours) < 0
            || its.Identity == ours.Identity
            || context.AskDespiteMistake(new ControlRequest { Verb = ControlVerb.Status, Quiet = true }).Reply?.Status?.Build == ProgramVersion.Build;
        if (!isThisProgram)
        {
            return new Failure(
                ExitCode.Failed, $"the daemon runs {report.Program}, another program than this one", "fairlead stop && fairlead start").WriteTo(error);
        }

        string again = report.Forgotten > 0 ? "; you are asked again about what you had allowed" : "";
        output.Write(report.Pid > 0 ? $"restarted, pid {report.Pid}{again}\n" : $"restarted{again}\n");
        return ExitCode.Done;
    }

    /// <summary>An older program may not find a newer daemon to stop it: this one does.</summary>
    private static string Hint(CommandContext context, string? mistake, string? refusal) =>
        mistake is not null ? "fairlead config"
        : refusal is null ? "fairlead stop && fairlead start"
        : refusal.Contains(ControlReply.GoesOn, StringComparison.Ordinal) && context.Around.Home is { } home
            ? $"{TypedPath.Of(OwnProgram.Path, home)} stop && fairlead start"
        : "fairlead --version (does the program run?)";
}
