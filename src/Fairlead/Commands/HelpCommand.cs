using System.CommandLine;
using System.CommandLine.Completions;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead help [COMMAND]</c>: what <c>--help</c> shows.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        var name = new Argument<string?>("command")
        {
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "COMMAND",
            Description = "the command to explain (default: all of them)",
        };
        name.CompletionSources.Add(_ => root.Subcommands.Where(command => !command.Hidden).Select(command => new CompletionItem(command.Name)));
        var command = new DocumentedCommand(
            "help",
            "show what a command does",
            new Example("fairlead help", "all commands"),
            new Example("fairlead help status", "the same as 'fairlead status --help'"))
        {
            name,
        };
        command.SetAction(parse =>
            Run(root, parse.GetValue(name), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(RootCommand root, string? name, TextWriter output, TextWriter error)
    {
        Command? command = name is null ? root : root.Subcommands.FirstOrDefault(sub => sub.Name == name);
        if (command is null)
        {
            return UsageError.Unknown(root, name!).WriteTo(error);
        }

        output.Write(HelpPage.For(command));
        return ExitCode.Done;
    }
}
