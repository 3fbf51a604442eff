using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead config</c>: every value, and where it came from.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "config",
            "show every setting and where it comes from",
            new Example("fairlead config", "checks the file, too: a mistake is named with its line"),
            new Example("fairlead config --json", "the same for a program"))
        {
            json,
        };
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(bool json, TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        if (context.Configuration.Configuration is not { } configuration)
        {
            return context.Mistake!.WriteTo(error);
        }

        string? socket = context.FindLocation().Location?.Socket;
        ConfigurationReport report = ConfigurationReport.Of(configuration, ConfigurationFile.PathIn(context.Around), socket);
        output.Write(json
            ? JsonSerializer.Serialize(report, OutputJson.Default.ConfigurationReport) + "\n"
            : ConfigurationView.Render(report, OutputStyle.For(output)));
        return ExitCode.Done;
    }
}
