using Fairlead.Files;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>A shell that fairlead completes command lines for.</summary>
/// <param name="Grammar">Writes the command tree as the shell's own code, for the place that the embedded file leaves open.</param>
/// <param name="Place">Where the shell looks by itself, below XDG_DATA_HOME; null where it does not.</param>
internal sealed record CompletionScript(ShellKind Shell, Func<CompletedCommand, string> Grammar, string? Place = null)
{
    private const string Token = "@GRAMMAR@\n";

    public static IReadOnlyList<CompletionScript> All { get; } =
    [
        new(Shells.Bash, BashGrammar.Write, "bash-completion/completions/fairlead"),
        new(Shells.Zsh, ZshGrammar.Write, "zsh/site-functions/_fairlead"),
        new(Shells.Fish, FishGrammar.Write, "fish/vendor_completions.d/fairlead.fish"),
        new(Shells.Pwsh, PwshGrammar.Write),
    ];

    /// <summary>What a person types, and the ending of its embedded file.</summary>
    public string Name => Shell.Name;

    public static CompletionScript? Find(string name) => All.FirstOrDefault(shell => shell.Name == name);

    /// <param name="root">The whole tree.</param>
    public string For(CompletedCommand root) => EmbeddedFile.Read($"complete.{Name}").Replace(Token, Grammar(root), StringComparison.Ordinal);
}
