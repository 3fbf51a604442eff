using System.CommandLine;
using System.Text;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>A command's help: what it does, examples, then the grammar. Made for 80 columns.</summary>
internal static class HelpPage
{
    /// <summary>What a person types first.</summary>
    public static IReadOnlyList<Example> FirstSteps { get; } =
    [
        new("eval \"$(fairlead init bash)\"", "the line for your ~/.bashrc"),
        new("fairlead status", "which agent answers here, and why"),
        new("fairlead why", "the reasons for that, rule by rule"),
        new("fairlead list", "the keys of every agent"),
        new("fairlead watch", "requests and answers as they happen"),
        new("fairlead doctor", "problems, and the command that fixes each"),
    ];

    public static string For(Command command) => For(command, ProjectAddress.Own);

    /// <param name="project">The page of fairlead itself links to it.</param>
    public static string For(Command command, ProjectAddress project)
    {
        var page = new StringBuilder();
        page.Append(Name(command)).Append(": ").Append(command.Description).Append('\n');
        AddRows(page, "Examples", Examples(command).Select(example => (example.Line, example.Meaning)));
        if (command is DocumentedCommand { Notes: [_, ..] notes })
        {
            page.Append('\n').Append(string.Join('\n', notes)).Append('\n');
        }

        page.Append("\nUsage: ").Append(Usage(command)).Append('\n');
        AddRows(page, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")));
        AddRows(page, "Arguments", command.Arguments.Select(argument => (Placeholder(argument), argument.Description ?? "")));
        AddRows(page, "Options", Options(command).Select(option => (Label(option), option.Description ?? "")));
        if (command is RootCommand)
        {
            page.Append("\nExit codes: 0 done, 1 no live agent or failed, 2 usage, 3 daemon not reachable,\n4 denied by a rule.\n");
            page.Append("Help for one command: fairlead help COMMAND\n");
            if (project is { Url: { } url, Issues: { } issues })
            {
                page.Append($"Documentation: {url}\nBugs: {issues}\n");
            }
        }

        return page.ToString();
    }

    private static IReadOnlyList<Example> Examples(Command command) =>
        command is DocumentedCommand documented ? documented.Examples : FirstSteps;

    private static string Name(Command command) => command is RootCommand ? "fairlead" : $"fairlead {command.Name}";

    private static string Usage(Command command)
    {
        var usage = new StringBuilder(Name(command));
        if (command.Subcommands.Count > 0)
        {
            usage.Append(" COMMAND");
        }

        // A command that runs another one takes all that follows, so its options come first.
        if (command.Arguments is [{ Arity.MaximumNumberOfValues: > 1, HelpName: "COMMAND" } rest])
        {
            return usage.Append($" [options] -- {Placeholder(rest)}...").ToString();
        }

        foreach (Argument argument in command.Arguments)
        {
            usage.Append(argument.Arity switch
            {
                { MaximumNumberOfValues: > 1 } => $" {Placeholder(argument)}...",
                { MinimumNumberOfValues: 0 } => $" [{Placeholder(argument)}]",
                _ => $" {Placeholder(argument)}",
            });
        }

        return usage.Append(" [options]").ToString();
    }

    /// <summary>The command's own, then those that hold everywhere.</summary>
    private static IEnumerable<Option> Options(Command command) =>
        command is RootCommand
            ? command.Options
            : command.Options.Where(option => !option.Hidden)
                .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));

    private static string Placeholder(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    private static string Label(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static void AddRows(StringBuilder page, string title, IEnumerable<(string Left, string Right)> rows)
    {
        List<(string Left, string Right)> all = [.. rows];
        if (all.Count == 0)
        {
            return;
        }

        int width = all.Max(row => row.Left.Length);
        page.Append('\n').Append(title).Append(":\n");
        foreach ((string left, string right) in all)
        {
            page.Append("  ").Append(left.PadRight(width)).Append("  ").Append(right).Append('\n');
        }
    }
}
