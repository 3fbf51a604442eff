using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead pin AGENT</c>: one agent answers everybody, wherever the person sits.</summary>
internal static class PinCommand
{
    public static Command Create()
    {
        var agent = new Argument<string>("agent") { HelpName = "AGENT", Description = "a name from 'fairlead status', a socket, an address, a terminal" };
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "pin",
            "have one agent or laptop answer everything on this host",
            new Example("fairlead pin 203.0.113.7", "the laptop at that address, with all its logins"),
            new Example("fairlead pin pts/3", "the login on that terminal"),
            new Example("fairlead pin keychain", "an agent in your configuration"),
            new Example("fairlead unpin", "back to the usual choice"))
        {
            Notes =
            [
                "A pin holds for all your programs on this host, until 'fairlead unpin' or until",
                "the daemon stops. An agent or a terminal is also unpinned when its login ends; a",
                "pinned address also covers later logins from there. Only a rule of your",
                "configuration that denies a request overrides a pin.",
            ],
        };
        command.Add(agent);
        command.Add(json);
        command.SetAction(parse =>
            Run(parse.GetRequiredValue(agent), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string agent, bool json, TextWriter output, TextWriter error)
    {
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Pin, Agent = agent });
        if (answer.Reply?.Pin is not { } pin)
        {
            return answer.Explain("fairlead status").WriteTo(error);
        }

        output.Write(json
            ? JsonLine.Of(pin, ControlJson.Default.PinReport)
            : PlainText.Of($"{pin.Agent} answers everything on this host until 'fairlead unpin'{(pin.Laptop is null ? ", or until it is gone" : "")}") + "\n");
        return ExitCode.Done;
    }
}
