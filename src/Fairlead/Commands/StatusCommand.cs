using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Json;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Output.Overview;
using Fairlead.Settings;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Commands;

/// <summary><c>fairlead status</c>: which agent answers the shell that asks.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all", "-a") { Description = "give every agent and every login a line" };
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "status",
            "show which agent answers here, and why",
            new Example("fairlead status", "the answer, then your laptops"),
            new Example("fairlead status --all", "the answer, then every agent and every login"),
            new Example("fairlead status --json", "the same for a program"),
            new Example("fairlead status && git push", "push only if an agent with keys answers"))
        {
            all,
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(all), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool all, bool json, TextWriter output, TextWriter error)
    {
        CommandContext context = CommandContext.Read();
        bool isSetUp = SetUpTrace.IsThere(context, Surroundings.Variable);
        DaemonAnswer answer = context.Ask(new ControlRequest { Verb = ControlVerb.Status }, mayStart: isSetUp);
        if (answer.Reply?.Status is not { } report)
        {
            if (!isSetUp && answer.Outcome == ControlOutcome.NotReachable && context.StartObstacle is null)
            {
                return new Failure(ExitCode.DaemonNotReachable, "fairlead is not set up here, and its daemon is not running", "fairlead setup").WriteTo(error);
            }

            return answer.Explain().WriteTo(error);
        }

        output.Write(json ? JsonLine.Of(report, ControlJson.Default.StatusReport) : Render(context, report, output, all));
        return report.Here is { Keys: not 0 } ? ExitCode.Done : report.Denied is not null ? ExitCode.Denied : ExitCode.Failed;
    }

    private static string Render(CommandContext context, StatusReport report, TextWriter output, bool all)
    {
        int[] others = [.. DaemonSearch.List(context.Locations).Select(daemon => daemon.Pid).Where(pid => pid != report.DaemonPid)];
        var hosts = new HostNames(context.Around);
        StatusReport named = report with
        {
            Questions = [.. report.Questions.Select(hosts.Complete)],
            Allowed = [.. report.Allowed.Select(allowed => allowed with { Question = hosts.Complete(allowed.Question) })],
        };
        return StatusView.Render(named, TimeProvider.System.GetUtcNow(), OutputStyle.For(output), Obstacle(context, report), others, all);
    }

    /// <summary>Why the programs of this shell ask nobody, whoever would answer them; null when they ask somebody.</summary>
    private static string? Obstacle(CommandContext context, StatusReport report)
    {
        string? agent = Surroundings.Variable("SSH_AUTH_SOCK");
        Ancestry ancestry = Ancestry.Read();
        string? what = ListenerProbe.Look(agent, context.OwnSockets, report.DaemonPid, ancestry, context.Around) switch
        {
            SocketOwner.Unset => "SSH_AUTH_SOCK is not set in this shell",
            SocketOwner.Nobody => $"nobody listens at SSH_AUTH_SOCK of this shell, {agent}",
            _ => null,
        };
        ShellKind shell = Shells.Nearest(ancestry, Surroundings.Variable("SHELL"));
        return what is null ? null : $"but {what}: ssh and git ask no agent until you type: {new ShellLines(shell, TypedPath.Of(TypedProgram.Own, context.Around.Home ?? "/")).Repair}";
    }
}
