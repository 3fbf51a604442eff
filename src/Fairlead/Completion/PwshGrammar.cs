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
        text.Append($"        {Shells.Pwsh.Quote(name)} = @{{\n            Summary = {Shells.Pwsh.Quote(command.Summary)}\n            Options = @(\n");
        foreach (CompletedOption option in command.Options)
        {
            string names = string.Join(", ", option.Names.Select(Shells.Pwsh.Quote));
            string value = option.Value is { } wanted ? Shells.Pwsh.Quote(wanted.Spelling) : "$null";
            text.Append($"                @{{ Names = @({names}); Value = {value}; Summary = {Shells.Pwsh.Quote(option.Summary)} }}\n");
        }

        text.Append($"            )\n            Arguments = @({string.Join(", ", command.Arguments.Select(value => Shells.Pwsh.Quote(value.Spelling)))})\n        }}\n");
    }
}
