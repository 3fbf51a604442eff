using System.CommandLine;
using Fairlead.Client;
using Fairlead.Json;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead path</c>: where the socket is, whether or not the daemon runs.</summary>
internal static class PathCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "path",
            "print the socket's path",
            new Example("fairlead path", "the value of SSH_AUTH_SOCK"),
            new Example("SSH_AUTH_SOCK=$(fairlead path) ssh web01", "use it for one command"))
        {
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        (DaemonLocation? location, Failure? failure) = CommandContext.Read().FindLocation();
        if (location is null)
        {
            return failure!.WriteTo(error);
        }

        var report = new PathReport(1, location.Socket, location.State.Control, location.State.Log, Describe(location.Agent.Source));
        StandardWriter.WriteForProgram(output, json ? JsonLine.Of(report, OutputJson.Default.PathReport) : $"{location.Socket}\n");
        return ExitCode.Done;
    }

    private static string Describe(LocationSource source) => source switch
    {
        LocationSource.CommandLine => "command line",
        LocationSource.Configuration => "configuration",
        LocationSource.Home => "home",
        LocationSource.RuntimeFolder => "runtime folder",
        _ => "temporary folder",
    };
}
