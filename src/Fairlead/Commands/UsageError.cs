using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary>Explains a mistake in a command line, and guesses what was meant.</summary>
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
        string hint = Meant(parsed.CommandResult) is { } word ? $"did you mean '{word}'?" : Help(command);
        return new Failure(ExitCode.Usage, char.ToLowerInvariant(message[0]) + message[1..], hint);
    }

    /// <summary>A word that is not an option, a command or an argument of the command that it stands behind.</summary>
    public static Failure Unknown(Command command, string token)
    {
        bool isOption = token.StartsWith('-');
        bool isCommand = !isOption && command.Subcommands.Count > 0;
        IEnumerable<string> known = isOption
            ? command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options)).Select(option => option.Name)
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        if (Counterpart(command, token) is { } other)
        {
            return new Failure(ExitCode.Usage, $"unknown {(isOption ? "option" : "command")} '{token}'", other);
        }

        string kind = isOption ? "unknown option" : isCommand ? "unknown command" : "unexpected argument";
        string? nearest = NearestWord.Find(token, known);
        return new Failure(ExitCode.Usage, $"{kind} '{token}'", nearest is null ? Help(command) : $"did you mean '{nearest}'?");
    }

    /// <summary>What is a command here is an option elsewhere, and a letter may be large: "version", "--status", "-v".</summary>
    /// <returns>What to type; null where there is nothing of that kind.</returns>
    private static string? Counterpart(Command command, string token)
    {
        string[] names = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        return names.Contains($"--{token}") ? $"fairlead --{token}"
            : Array.Find(names, name => name.Equals(token, StringComparison.OrdinalIgnoreCase)) is { } letter ? $"did you mean '{letter}'?"
            : command.Subcommands.Any(sub => !sub.Hidden && $"--{sub.Name}" == token) ? $"fairlead {token[2..]}"
            : null;
    }

    /// <summary>For a word that is not one of the few that an argument takes, the nearest one. A shell's name is never a slip for another's.</summary>
    private static string? Meant(CommandResult command) => command.Command.Arguments
        .Select(argument => (Token: command.GetResult(argument) is { Tokens: [var token, ..] } ? token.Value : null, Words: WordsOf(argument)))
        .Where(given => given.Token is not null && !given.Words.Contains(given.Token) && Shells.Find(given.Token) is null)
        .Select(given => NearestWord.Find(given.Token!, given.Words))
        .FirstOrDefault(word => word is not null);

    private static string[] WordsOf(Argument argument) =>
        [.. argument.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)];

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
