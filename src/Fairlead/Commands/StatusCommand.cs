using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead status</c>: which agent answers the shell that asks.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "status",
            "say which agent answers here, and why",
            new Example("fairlead status", "the answer, then all agents and logins"),
            new Example("fairlead status --json", "the same for a program"),
            new Example("fairlead status && git push", "push only if an agent answers"))
        {
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        CommandContext context = CommandContext.Read();
        DaemonAnswer answer = context.Ask(new ControlRequest { Verb = ControlVerb.Status });
        if (answer.Reply?.Status is not { } report)
        {
            return answer.Explain().WriteTo(error);
        }

        output.Write(json
            ? JsonSerializer.Serialize(report, ControlJson.Default.StatusReport) + "\n"
            : StatusView.Render(report, TimeProvider.System.GetUtcNow(), OutputStyle.For(output), Obstacle(context, report)));
        return report.Here is not null ? ExitCode.Done : report.Denied is not null ? ExitCode.Denied : ExitCode.Failed;
    }

    /// <summary>Why the programs of this shell ask nobody, whoever would answer them; null when they ask somebody.</summary>
    private static string? Obstacle(CommandContext context, StatusReport report)
    {
        string? agent = Surroundings.Variable("SSH_AUTH_SOCK");
        Ancestry ancestry = Ancestry.Read();
        string? what = ListenerProbe.Look(agent, context.LocationsDespiteMistake, report.DaemonPid, ancestry, context.Around) switch
        {
            SocketOwner.Unset => "SSH_AUTH_SOCK is not set in this shell",
            SocketOwner.Nobody => $"nobody listens at SSH_AUTH_SOCK of this shell, {agent}",
            _ => null,
        };
        ShellKind shell = Shells.Nearest(ancestry, Surroundings.Variable("SHELL"));
        return what is null ? null : $"but {what}: ssh and git ask no agent until you type: {new ShellLines(shell, TypedPath.Of(OwnProgram.Path, context.Around.Home ?? "/")).Repair}";
    }
}
