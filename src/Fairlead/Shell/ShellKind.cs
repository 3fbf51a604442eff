namespace Fairlead.Shell;

/// <summary>A shell that <c>init</c> writes code for.</summary>
/// <param name="Name">What a person types, and the ending of its embedded file.</param>
internal sealed record ShellKind(string Name, Func<string, string> Quote)
{
    private const string Token = "@SOCKET@";

    public static IReadOnlyList<ShellKind> All { get; } =
    [
        new("bash", ShellQuote.Posix),
        new("zsh", ShellQuote.Posix),
        new("fish", ShellQuote.Fish),
        new("sh", ShellQuote.Posix),
        new("ksh", ShellQuote.Posix),
        new("tcsh", ShellQuote.Tcsh),
        new("nu", ShellQuote.Nu),
        new("elvish", ShellQuote.Elvish),
        new("xonsh", ShellQuote.Xonsh),
        new("pwsh", ShellQuote.PowerShell),
    ];

    public static ShellKind? Find(string name) => All.FirstOrDefault(shell => shell.Name == name);

    /// <summary>The code that makes <paramref name="socket"/> the shell's agent.</summary>
    public string CodeFor(string socket)
    {
        using Stream file = typeof(ShellKind).Assembly.GetManifestResourceStream($"init.{Name}")
            ?? throw new InvalidOperationException($"init.{Name} is not embedded");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Replace(Token, Quote(socket), StringComparison.Ordinal);
    }
}
