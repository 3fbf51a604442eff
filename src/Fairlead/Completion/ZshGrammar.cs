using System.Text;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>The tree as calls of zsh's <c>_arguments</c> (zshcompsys(1)).</summary>
internal static class ZshGrammar
{
    public static string Write(CompletedCommand root)
    {
        var text = new StringBuilder("_fairlead_commands() {\n  local -a commands=(\n");
        foreach (CompletedCommand command in root.Commands)
        {
            text.Append($"    {Shells.Zsh.Quote($"{command.Name}:{command.Summary}")}\n");
        }

        text.Append("  )\n  _describe -t commands command commands\n}\n\n");
        text.Append("_fairlead_options=(\n  ").AppendJoin("\n  ", root.Options.SelectMany(Option)).Append("\n)\n\n");
        foreach (CompletedCommand command in root.Commands)
        {
            text.Append($"_fairlead_{command.Name}() {{\n  _arguments -s -S \\\n    ");
            text.AppendJoin(" \\\n    ", command.Options.SelectMany(Option).Concat(command.Arguments.Select(Argument))).Append("\n}\n\n");
        }

        return text.ToString();
    }

    /// <summary>One specification a name; the names of one option exclude each other, and one that stands alone, as --help, everything.</summary>
    private static IEnumerable<string> Option(CompletedOption option)
    {
        string excluded = string.Join(' ', option.Names);
        foreach (string name in option.Names)
        {
            string value = option.Value is { } wanted ? $":{wanted.Placeholder}:{Action(wanted)}" : "";
            string assigned = value.Length > 0 && name.StartsWith("--", StringComparison.Ordinal) ? "=" : "";
            yield return Shells.Zsh.Quote($"({excluded}){name}{assigned}[{Escape(option.Summary)}]{value}");
        }
    }

    private static string Argument(CompletedValue value)
    {
        string separator = value switch
        {
            { Kind: ValueKind.CommandLine } => "*::",
            { IsRepeated: true } => "*:",
            { IsOptional: true } => "::",
            _ => ":",
        };
        return Shells.Zsh.Quote($"{separator}{value.Placeholder}:{Action(value)}");
    }

    private static string Action(CompletedValue value) => value.Kind switch
    {
        ValueKind.Word => $"({string.Join(' ', value.Words)})",
        ValueKind.File => "_files",
        ValueKind.CommandLine => "_normal -p fairlead",
        _ => LiveValue.ListOf(value.Kind) is { } list ? $" _fairlead_live {list}" : " ",
    };

    /// <summary>In a specification brackets end a description, and colons begin the next field.</summary>
    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal)
            .Replace(":", @"\:", StringComparison.Ordinal);
}
