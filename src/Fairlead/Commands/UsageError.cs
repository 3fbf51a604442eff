using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageError
{
    public static Failure Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            return Unknown(command, token);
        }

        string message = Missing(parsed.CommandResult) ?? parsed.Errors[0].Message.TrimEnd('.');
        return new Failure(ExitCode.Usage, char.ToLowerInvariant(message[0]) + message[1..], Help(command));
    }

    /// <summary>A word that is no option, command or argument of the command that it stands behind.</summary>
    public static Failure Unknown(Command command, string token)
    {
        bool isOption = token.StartsWith('-');
        bool isCommand = !isOption && command.Subcommands.Count > 0;
        IEnumerable<string> known = isOption
            ? command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options)).Select(option => option.Name)
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        string kind = isOption ? "unknown option" : isCommand ? "unknown command" : "unexpected argument";
        string? nearest = NearestWord.Find(token, known);
        return new Failure(ExitCode.Usage, $"{kind} '{token}'", nearest is null ? Help(command) : $"did you mean '{nearest}'?");
    }

    /// <summary>By the name that the help has for it.</summary>
    private static string? Missing(CommandResult command)
    {
        if (command.Children.OfType<OptionResult>().FirstOrDefault(given => given.Tokens.Count < given.Option.Arity.MinimumNumberOfValues) is { } option)
        {
            return $"missing {option.Option.HelpName} after '{option.Option.Name}'";
        }

        return command.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is not { Tokens.Count: > 0 })
            is { } argument ? $"missing argument {argument.HelpName}" : null;
    }

    private static string Help(Command command) => command is RootCommand ? "fairlead --help" : $"fairlead {command.Name} --help";
}
