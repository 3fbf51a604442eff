using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead forget</c>: takes back what was allowed with <c>fairlead answer</c>.</summary>
internal static class ForgetCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "forget",
            "take back what you allowed, so that you are asked again",
            new Example("fairlead forget", "all that 'fairlead status' shows as allowed"))
        {
            Notes =
            [
                "A yes holds for as long as its rule says, and ends earlier with the program that",
                "asked, with your login, and when the daemon restarts. This ends all of them now.",
            ],
        };
        command.Add(json);
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Forget });
        if (answer.Reply?.Forgotten is not { } report)
        {
            return answer.Explain().WriteTo(error);
        }

        output.Write(json
            ? JsonLine.Of(report, ControlJson.Default.ForgottenReport)
            : report.Forgotten == 0 ? "nothing was allowed\n" : $"{Plural.Of(report.Forgotten, "answer")} forgotten; you are asked again\n");
        return ExitCode.Done;
    }
}
