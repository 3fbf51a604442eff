using System.CommandLine;

namespace Fairlead.Commands;

/// <summary><c>fairlead daemon</c>: its help, and the forms that <see cref="DaemonArguments"/> leaves to the command line library.</summary>
internal static class DaemonCommand
{
    public static Command Create()
    {
        var configuration = new Option<string>(DaemonArguments.ConfigurationOption) { HelpName = "FILE", Description = "read this configuration" };
        var socket = new Option<string>(DaemonArguments.SocketOption) { HelpName = "PATH", Description = "listen here; needs no home" };
        var command = new DocumentedCommand(
            "daemon",
            "run the daemon in the foreground",
            new Example("fairlead daemon", "show its messages here"),
            new Example("fairlead daemon --config FILE --socket PATH", "a second one, for a test"))
        {
            configuration,
            socket,
        };
        command.SetAction(parse => DaemonAction.Run(new DaemonArguments(parse.GetValue(configuration), parse.GetValue(socket))));
        return command;
    }
}
