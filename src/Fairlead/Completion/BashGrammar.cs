using System.Text;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>The tree as a <c>case</c> of bash: for each command its options, those that take a value, and its arguments.</summary>
internal static class BashGrammar
{
    public static string Write(CompletedCommand root)
    {
        var text = new StringBuilder();
        Branch(text, "''", root);
        foreach (CompletedCommand command in root.Commands)
        {
            Branch(text, command.Name, command);
        }

        return text.ToString();
    }

    private static void Branch(StringBuilder text, string pattern, CompletedCommand command)
    {
        text.Append($"    {pattern})\n");
        if (command.Commands.Count > 0)
        {
            Set(text, "commands", command.Commands.Select(sub => sub.Name));
        }

        Set(text, "options", command.Options.SelectMany(option => option.Names));
        Set(text, "valued", command.Options.SelectMany(option => option.Names.Where(_ => option.Value is not null).Select(name => $"{name}={option.Value!.Spelling}")));
        Set(text, "arguments", command.Arguments.Select(value => value.Spelling));
        text.Append("      ;;\n");
    }

    private static void Set(StringBuilder text, string name, IEnumerable<string> words)
    {
        string joined = string.Join(' ', words);
        if (joined.Length > 0)
        {
            text.Append($"      {name}={Shells.Bash.Quote(joined)}\n");
        }
    }
}
