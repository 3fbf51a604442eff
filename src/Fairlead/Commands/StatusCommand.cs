using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Output;

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
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Status });
        if (answer.Reply?.Status is not { } report)
        {
            return answer.Explain().WriteTo(error);
        }

        output.Write(json
            ? JsonSerializer.Serialize(report, ControlJson.Default.StatusReport) + "\n"
            : StatusView.Render(report, TimeProvider.System.GetUtcNow(), OutputStyle.For(output)));
        return report.Here is not null ? ExitCode.Done : report.Denied is not null ? ExitCode.Denied : ExitCode.Failed;
    }
}
