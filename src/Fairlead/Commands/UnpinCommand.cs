using System.CommandLine;
using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead unpin</c>: takes a pin back.</summary>
internal static class UnpinCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "unpin",
            "end a pin: agents are chosen as usual again",
            new Example("fairlead unpin", "no matter which agent is pinned"));
        command.SetAction(parse => Run(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error)
    {
        (ControlReply? reply, Failure? failure) = DaemonAccess.Ask(new ControlRequest { Verb = ControlVerb.Unpin });
        if (reply is null)
        {
            return failure!.WriteTo(error);
        }

        output.Write(PlainText.Of(reply.Pin is { } pin ? $"{pin.Agent} is not pinned any more" : "nothing was pinned") + "\n");
        return ExitCode.Done;
    }
}
