using Fairlead.Files;

namespace Fairlead.Completion;

/// <summary>A shell that fairlead completes command lines for.</summary>
/// <param name="Name">What a person types, and the ending of its embedded file.</param>
/// <param name="Grammar">Writes the command tree as the shell's own code, for the place that the embedded file leaves open.</param>
internal sealed record CompletionScript(string Name, Func<CompletedCommand, string> Grammar)
{
    private const string Token = "@GRAMMAR@\n";

    public static IReadOnlyList<CompletionScript> All { get; } =
    [
        new("bash", BashGrammar.Write),
        new("zsh", ZshGrammar.Write),
        new("fish", FishGrammar.Write),
        new("pwsh", PwshGrammar.Write),
    ];

    public static CompletionScript? Find(string name) => All.FirstOrDefault(shell => shell.Name == name);

    /// <param name="root">The whole tree.</param>
    public string For(CompletedCommand root) => EmbeddedFile.Read($"complete.{Name}").Replace(Token, Grammar(root), StringComparison.Ordinal);
}
