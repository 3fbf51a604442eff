using System.Text;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>The tree as lines of fish's <c>complete</c>.</summary>
internal static class FishGrammar
{
    public static string Write(CompletedCommand root)
    {
        IEnumerable<string> valued = root.Commands.Prepend(root)
            .SelectMany(command => command.Options).Where(option => option.Value is not null).SelectMany(option => option.Names).Distinct();
        var text = new StringBuilder($"set -g __fairlead_valued {string.Join(' ', valued)}\n");
        foreach (CompletedCommand command in root.Commands)
        {
            text.Append($"complete -c fairlead -n __fairlead_at -a {command.Name} -d {Shells.Fish.Quote(command.Summary)}\n");
        }

        Options(text, "__fairlead_at", root);
        foreach (CompletedCommand command in root.Commands)
        {
            bool endsWithCommand = command.Arguments is [.., { Kind: ValueKind.CommandLine }];
            Options(text, endsWithCommand ? $"__fairlead_at {command.Name} {command.Arguments.Count - 1}" : $"__fairlead_in {command.Name}", command);
            for (int position = 0; position < command.Arguments.Count; position++)
            {
                Argument(text, command, position);
            }
        }

        return text.ToString();
    }

    private static void Options(StringBuilder text, string condition, CompletedCommand command)
    {
        foreach (CompletedOption option in command.Options)
        {
            IEnumerable<string> names = option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}");
            text.Append($"complete -c fairlead -n {Condition(condition)} {string.Join(' ', names)}");
            text.Append(option.Value is { } value ? $" -r{Values(value)}" : "");
            text.Append($" -d {Shells.Fish.Quote(option.Summary)}\n");
        }
    }

    private static void Argument(StringBuilder text, CompletedCommand command, int position)
    {
        CompletedValue value = command.Arguments[position];
        if (value.Kind == ValueKind.CommandLine)
        {
            text.Append($"complete -c fairlead -n {Condition($"__fairlead_in {command.Name}")} -x -a '(__fairlead_command_line {position})'\n");
        }
        else if (value.Kind != ValueKind.Free)
        {
            string where = value.IsRepeated ? $"__fairlead_in {command.Name}" : $"__fairlead_at {command.Name} {position}";
            text.Append($"complete -c fairlead -n {Condition(where)}{Values(value)}\n");
        }
    }

    private static string Condition(string test) => test.Contains(' ') ? Shells.Fish.Quote(test) : test;

    private static string Values(CompletedValue value) => value.Kind switch
    {
        ValueKind.Word => $" -f -a {Shells.Fish.Quote(string.Join(' ', value.Words))}",
        ValueKind.File => " -F",
        _ => LiveValue.ListOf(value.Kind) is { } list ? $" -f -k -a '(__fairlead_live {list})'" : " -f",
    };
}
