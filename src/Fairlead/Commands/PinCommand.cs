using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.Core.Control;
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
            "let one agent or laptop answer everything on this host, for now",
            new Example("fairlead pin 203.0.113.7", "the laptop at that address, with all its logins"),
            new Example("fairlead pin pts/3", "the login on that terminal"),
            new Example("fairlead pin keychain", "an agent of the configuration"),
            new Example("fairlead unpin", "back to the usual choice"))
        {
            Notes =
            [
                "A pin is for every program of yours on this host, in every terminal. It lasts",
                "until 'fairlead unpin' or until the daemon stops; that of an agent or a terminal",
                "until its login ends, too. An address holds for the logins from there that come",
                "later. Only a rule of the configuration that denies counts more.",
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

        output.Write((json
            ? JsonSerializer.Serialize(pin, ControlJson.Default.PinReport)
            : PlainText.Of($"{pin.Agent} answers everything on this host, until 'fairlead unpin'{(pin.Address is null ? ", or until it is gone" : "")}")) + "\n");
        return ExitCode.Done;
    }
}
