using System.Text;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>The tree as a hash table of PowerShell: for each command its options and its arguments.</summary>
internal static class PwshGrammar
{
    public static string Write(CompletedCommand root)
    {
        var text = new StringBuilder();
        Entry(text, "", root);
        foreach (CompletedCommand command in root.Commands)
        {
            Entry(text, command.Name, command);
        }

        return text.ToString();
    }

    private static void Entry(StringBuilder text, string name, CompletedCommand command)
    {
        text.Append($"        {ShellQuote.PowerShell(name)} = @{{\n            Summary = {ShellQuote.PowerShell(command.Summary)}\n            Options = @(\n");
        foreach (CompletedOption option in command.Options)
        {
            string names = string.Join(", ", option.Names.Select(ShellQuote.PowerShell));
            string value = option.Value is { } wanted ? ShellQuote.PowerShell(wanted.Spelling) : "$null";
            text.Append($"                @{{ Names = @({names}); Value = {value}; Summary = {ShellQuote.PowerShell(option.Summary)} }}\n");
        }

        text.Append($"            )\n            Arguments = @({string.Join(", ", command.Arguments.Select(value => ShellQuote.PowerShell(value.Spelling)))})\n        }}\n");
    }
}
