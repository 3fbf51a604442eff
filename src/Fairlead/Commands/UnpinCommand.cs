using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead unpin</c>: takes a pin back.</summary>
internal static class UnpinCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "unpin",
            "remove the pin, so that agents are chosen as usual",
            new Example("fairlead unpin", "whichever agent is pinned"))
        {
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Unpin });
        if (answer.Reply is not { } reply)
        {
            return answer.Explain().WriteTo(error);
        }

        output.Write(json
            ? JsonLine.Of(reply.Pin ?? new PinReport(), ControlJson.Default.PinReport)
            : PlainText.Of(reply.Pin is { } pin ? $"{pin.Agent} is no longer pinned" : "nothing was pinned") + "\n");
        return ExitCode.Done;
    }
}
