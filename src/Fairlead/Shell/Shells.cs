using Fairlead.Launch;

namespace Fairlead.Shell;

/// <summary>The shells that <c>init</c> and <c>env</c> write code for.</summary>
internal static class Shells
{
    public static ShellKind Bash { get; } = new BashShell();

    public static ShellKind Zsh { get; } = new ZshShell();

    public static ShellKind Fish { get; } = new FishShell();

    public static ShellKind Pwsh { get; } = new PwshShell();

    public static ShellKind Sh { get; } = new ShShell();

    public static ShellKind Ksh { get; } = new KshShell();

    /// <summary>In the order in which a person is told of them.</summary>
    public static IReadOnlyList<ShellKind> All { get; } =
    [
        Bash,
        Zsh,
        Fish,
        Sh,
        Ksh,
        new TcshShell(),
        new NuShell(),
        new ElvishShell(),
        new XonshShell(),
        Pwsh,
    ];

    /// <summary>Those that <see cref="ShellKind.RefreshOption"/> is for: "bash, zsh, fish".</summary>
    public static string WithPromptHook => string.Join(", ", All.Where(shell => shell.HasPromptHook));

    /// <param name="named">As a person names a shell: "zsh", "/bin/zsh", or "-zsh" as $0 has it in a login shell.</param>
    /// <returns>Null for anything that is not a shell that fairlead knows.</returns>
    public static ShellKind? Find(string named) => OfProgram(named);

    /// <param name="program">The name of a process or of its program; that of a login shell begins with "-".</param>
    /// <returns>Null for anything that is not a shell.</returns>
    public static ShellKind? OfProgram(string program)
    {
        string name = Path.GetFileName(program.StartsWith('-') ? program[1..] : program);
        return All.FirstOrDefault(shell => shell.Name == name || shell.Aliases.Contains(name));
    }

    /// <summary>The shell that a person types in: scripts of sh may stand between.</summary>
    /// <param name="loginShell">SHELL.</param>
    public static ShellKind Nearest(Ancestry ancestry, string? loginShell) =>
        ancestry.Processes.Select(process => OfProgram(process.Command)).FirstOrDefault(shell => shell is not null && shell != Sh)
        ?? OfProgram(loginShell ?? "")
        ?? Sh;
}
