using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Client;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead config</c>: every value, and where it came from; <c>config edit</c> and <c>config example</c>.</summary>
internal static class ConfigCommand
{
    private const string Edit = "edit";
    private const string Example = "example";

    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var action = new Argument<string?>("action")
        {
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "ACTION",
            Description = $"{Edit} or {Example}; without it the settings are shown",
        };
        action.CompletionSources.Add(Edit, Example);
        var command = new DocumentedCommand(
            "config",
            "show every setting and where it comes from, or edit them",
            new Example("fairlead config", "also names every mistake with its line"),
            new Example("fairlead config edit", "open the file in your editor"),
            new Example("fairlead config example", "print a file with every setting"),
            new Example("fairlead config --json", "the settings for a program"))
        {
            Notes =
            [
                "'edit' opens the file with VISUAL or EDITOR and creates it if it does not exist.",
                "Afterwards it names the mistakes, or tells the daemon to read the file again.",
            ],
        };
        command.Add(action);
        command.Add(json);
        command.Validators.Add(result => Check(result, action, json));
        command.SetAction(parse =>
        {
            TextWriter output = parse.InvocationConfiguration.Output;
            TextWriter error = parse.InvocationConfiguration.Error;
            return parse.GetValue(action) switch
            {
                Edit => ConfigEdit.Run(output, error),
                Example => PrintExample(output),
                _ => Show(parse.GetValue(json), output, error),
            };
        });
        return command;
    }

    private static int Show(bool json, TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        if (context.Configuration.Configuration is not { } configuration)
        {
            return context.Mistake!.WriteTo(error);
        }

        string? socket = context.FindLocation().Location?.Socket;
        ConfigurationReport report = ConfigurationReport.Of(configuration, ConfigurationFile.PathIn(context.Around), socket);
        output.Write(json
            ? JsonLine.Of(report, OutputJson.Default.ConfigurationReport)
            : ConfigurationView.Render(report, OutputStyle.For(output)));
        return ExitCode.Done;
    }

    private static int PrintExample(TextWriter output)
    {
        var context = CommandContext.Read();
        StandardWriter.WriteForProgram(output, ConfigurationExample.For(context.Around, context.LocationDespiteMistake?.Socket));
        return ExitCode.Done;
    }

    private static void Check(CommandResult result, Argument<string?> action, Option<bool> json)
    {
        string? word = result.GetValue(action);
        if (word is not (null or Edit or Example))
        {
            result.AddError($"'{word}' is neither {Edit} nor {Example}");
        }
        else if (word is not null && result.GetValue(json))
        {
            result.AddError($"--json does not go with '{word}'");
        }
    }
}
