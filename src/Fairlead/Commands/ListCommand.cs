using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Output.Overview;

namespace Fairlead.Commands;

/// <summary><c>fairlead list</c>: the keys, laptop by laptop.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "list",
            "show the keys of every agent",
            new Example("fairlead list", "keys by laptop"),
            new Example("fairlead list --json", "the same for a program"),
            new Example("ssh-add -l", "only the keys of the agent that answers here"))
        {
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.List });
        if (answer.Reply?.List is not { } report)
        {
            return answer.Explain().WriteTo(error);
        }

        output.Write(json
            ? JsonLine.Of(report, ControlJson.Default.ListReport)
            : ListView.Render(report, OutputStyle.For(output)));
        return report.Agents.Any(agent => agent.Keys.Count > 0) ? ExitCode.Done : ExitCode.Failed;
    }
}
