using System.CommandLine;
using System.Text;
using Fairlead.Commands;

namespace Fairlead.Tests.Manual;

/// <summary>Writes what the command tree knows of a command in the language of manual pages (mdoc(7)).</summary>
internal static class Mdoc
{
    public static string Title(Command command) => command is RootCommand ? "fairlead" : $"fairlead-{command.Name}";

    /// <summary>NAME and SYNOPSIS.</summary>
    public static string Head(Command command)
    {
        var text = new StringBuilder($".Sh NAME\n.Nm {Title(command)}\n.Nd {Text(command.Description!)}\n.Sh SYNOPSIS\n");
        if (command is RootCommand)
        {
            return text.Append(".Nm fairlead\n.Ar COMMAND\n.Op Ar options\n").ToString();
        }

        text.Append($".Nm fairlead {command.Name}\n");
        foreach (Option option in Own(command))
        {
            text.Append(option.HelpName is { } value ? $".Op Fl {Flag(option.Name)} Ar {value}\n" : $".Op Fl {Flag(option.Name)}\n");
        }

        foreach (Argument argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            string name = argument.HelpName ?? argument.Name.ToUpperInvariant();
            text.Append(argument.Arity switch
            {
                { MaximumNumberOfValues: > 1 } when name == "COMMAND" => $".Fl -\n.Ar {name} ...\n",
                { MaximumNumberOfValues: > 1 } => $".Ar {name} ...\n",
                { MinimumNumberOfValues: 0 } => $".Op Ar {name}\n",
                _ => $".Ar {name}\n",
            });
        }

        return text.ToString();
    }

    /// <summary>Notes, arguments and options; of fairlead itself its commands.</summary>
    public static string Grammar(Command command)
    {
        var text = new StringBuilder();
        if (command is DocumentedCommand { Notes: [_, ..] notes })
        {
            string[] sentences = string.Join(' ', notes).Replace(". ", ".\n", StringComparison.Ordinal).Replace(": ", ":\n", StringComparison.Ordinal).Split('\n');
            text.Append(".Pp\n").AppendJoin('\n', sentences.Select(Line)).Append('\n');
        }

        var items = command.Subcommands.Where(sub => !sub.Hidden)
            .Select(sub => ($".It Ic {sub.Name}", $"{Line(sub.Description!)}\n.Pq see Xr fairlead-{sub.Name} 1"))
            .Concat(command.Arguments.Where(argument => !argument.Hidden)
                .Select(argument => ($".It Ar {argument.HelpName ?? argument.Name.ToUpperInvariant()}", Line(argument.Description ?? ""))))
            .Concat(Own(command).Concat(command is RootCommand ? [] : Everywhere(command)).Select(option => ($".It {Flags(option)}", Line(option.Description ?? ""))))
            .ToList();
        if (items.Count > 0)
        {
            text.Append(".Bl -tag -width Ds\n").AppendJoin('\n', items.Select(item => $"{item.Item1}\n{item.Item2}")).Append("\n.El\n");
        }

        return text.ToString();
    }

    public static string Examples(Command command)
    {
        IReadOnlyList<Example> examples = command is DocumentedCommand documented ? documented.Examples : HelpPage.FirstSteps;
        var text = new StringBuilder(".Sh EXAMPLES\n.Bl -tag -width Ds\n");
        foreach (Example example in examples)
        {
            text.Append($".It Li {Quoted(example.Line)}\n{Line(example.Meaning)}\n");
        }

        return text.Append(".El\n").ToString();
    }

    private static IEnumerable<Option> Own(Command command) => command.Options.Where(option => !option.Hidden);

    private static IEnumerable<Option> Everywhere(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option is { Recursive: true, Hidden: false });

    private static string Flags(Option option) => string.Join(
        " , ",
        option.Aliases.Append(option.Name).OrderBy(name => name.Length).Select(name => $"Fl {Flag(name)}{(option.HelpName is { } value ? $" Ar {value}" : "")}"));

    /// <summary>mdoc writes the first dash itself.</summary>
    private static string Flag(string name) => name[1..];

    /// <summary>A line of text: a dot or a quote at its beginning would be a request.</summary>
    private static string Line(string text) => (text.Length > 0 && text[0] is '.' or '\'' ? @"\&" : "") + Text(text);

    /// <summary>One argument of a macro, whatever blanks and quotes are in it.</summary>
    private static string Quoted(string text) => $"\"{Text(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Characters that are something else in a manual page: a dash would become a hyphen, a quote a curly one.</summary>
    private static string Text(string text) => text
        .Replace(@"\", @"\e", StringComparison.Ordinal)
        .Replace("-", @"\-", StringComparison.Ordinal)
        .Replace("'", @"\(aq", StringComparison.Ordinal);
}
