using System.CommandLine;

namespace Fairlead.Completion;

/// <summary>What the completion of a command needs to know of it, taken from the command tree. Hidden things are not offered.</summary>
/// <param name="Options">Its own, then those that hold everywhere.</param>
internal sealed record CompletedCommand(
    string Name,
    string Summary,
    IReadOnlyList<CompletedCommand> Commands,
    IReadOnlyList<CompletedOption> Options,
    IReadOnlyList<CompletedValue> Arguments)
{
    public static CompletedCommand Of(Command command) => new(
        command.Name,
        command.Description ?? "",
        [.. command.Subcommands.Where(sub => !sub.Hidden).Select(Of)],
        [.. OptionsOf(command).Where(option => !option.Hidden).Select(Of)],
        [.. command.Arguments.Where(argument => !argument.Hidden).Select(CompletedValue.Of)]);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));

    private static CompletedOption Of(Option option) => new(
        [.. option.Aliases.Append(option.Name).Distinct().OrderByDescending(name => name.Length)],
        option.Description ?? "",
        option.HelpName is null ? null : CompletedValue.Of(option));
}

/// <summary>An option of the command line.</summary>
/// <param name="Names">With their dashes, the long one first.</param>
/// <param name="Value">Null for one that stands alone.</param>
internal sealed record CompletedOption(IReadOnlyList<string> Names, string Summary, CompletedValue? Value);
