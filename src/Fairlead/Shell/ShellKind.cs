using System.Text;
using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>A shell that <c>init</c> and <c>env</c> write code for.</summary>
/// <param name="Name">What a person types, and the ending of its embedded files.</param>
/// <param name="Set">The line that gives a variable, by its name, a value that is quoted already.</param>
/// <param name="Unset">The line that takes a variable away, whether there is one or not.</param>
internal sealed record ShellKind(string Name, Func<string, string> Quote, Func<string, string, string> Set, Func<string, string> Unset)
{
    /// <summary>Of <c>fairlead init</c>. A person adds it to the line in the rc file, and keeps it when the line is written anew.</summary>
    public const string RefreshOption = "--refresh-env";

    public static IReadOnlyList<ShellKind> All { get; } =
    [
        Posix("bash") with { HasPromptHook = true },
        Posix("zsh") with { HasPromptHook = true },
        new("fish", ShellQuote.Fish, (name, value) => $"set -gx {name} {value}", name => $"set -e {name}; or true") { HasPromptHook = true },
        Posix("sh"),
        Posix("ksh"),
        new("tcsh", ShellQuote.Tcsh, (name, value) => $"setenv {name} {value};", name => $"unsetenv {name};"),
        new("nu", ShellQuote.Nu, (name, value) => $"{name}: {value}", name => $"{name}: null") { Frame = ("{\n", "}\n") },
        new("elvish", ShellQuote.Elvish, (name, value) => $"set-env {name} {value}", name => $"unset-env {name}"),
        new("xonsh", ShellQuote.Xonsh, (name, value) => $"${name} = {value}", name => $"_ = ${{...}}.pop('{name}', None)"),
        new("pwsh", ShellQuote.PowerShell, (name, value) => $"$env:{name} = {value}", name => $"$env:{name} = $null"),
    ];

    /// <summary>It can do something before each prompt, and <c>init --refresh-env</c> has the code for it.</summary>
    public bool HasPromptHook { get; private init; }

    /// <summary>What stands around all lines together.</summary>
    private (string Before, string After) Frame { get; init; } = ("", "");

    public static ShellKind? Find(string name) => All.FirstOrDefault(shell => shell.Name == name);

    /// <summary>The code that makes <paramref name="socket"/> the shell's agent.</summary>
    public string CodeFor(string socket) => EmbeddedFile.Read($"init.{Name}").Replace("@SOCKET@", Quote(socket), StringComparison.Ordinal);

    /// <summary>The code that runs <paramref name="program"/> before a prompt, when the file of this path holds another line than before.</summary>
    public string HookFor(string moved, string program) => EmbeddedFile.Read($"refresh.{Name}")
        .Replace("@MOVED@", Quote(moved), StringComparison.Ordinal)
        .Replace("@PROGRAM@", Quote(program), StringComparison.Ordinal);

    /// <summary>The code that gives variables their values, and takes those away that have none.</summary>
    public string CodeFor(IEnumerable<(string Name, string? Value)> variables)
    {
        var code = new StringBuilder(Frame.Before);
        foreach ((string name, string? value) in variables)
        {
            code.Append(value is null ? Unset(name) : Set(name, Quote(value))).Append('\n');
        }

        return code.Append(Frame.After).ToString();
    }

    private static ShellKind Posix(string name) =>
        new(name, ShellQuote.Posix, (variable, value) => $"export {variable}={value}", variable => $"unset {variable}");
}
