namespace Fairlead.Shell;

/// <summary>The lines that a person types in, or writes for, one shell.</summary>
/// <param name="Program">fairlead, as a word of the shell.</param>
internal sealed record ShellLines(ShellKind Shell, string Program)
{
    /// <summary>Lines for a file, with the absolute path of the program, whatever is in it.</summary>
    public static ShellLines Written(ShellKind shell, string program) => new(shell, shell.Quote(program));

    /// <summary>Gives a running shell the stable path.</summary>
    public string Repair => For(Shell);

    /// <summary>Gives a running shell the variables of the login that is there now.</summary>
    public string Freshen => Shell.Evaluate(Program, "env");

    /// <inheritdoc cref="ShellKind.RcLine"/>
    public string RcLine => Shell.RcLine(Program);

    /// <inheritdoc cref="ShellKind.Export"/>
    public string Export => Shell.Export(Program);

    /// <inheritdoc cref="ShellKind.PathWord"/>
    public string PathWord => Shell.PathWord(Program);

    /// <summary>What <see cref="Repair"/> is in another shell.</summary>
    public string For(ShellKind shell) => shell.Evaluate(Program, "init");

    /// <summary>Puts <see cref="RcLine"/> into a file, as <see cref="ShellKind.AddTo"/> does.</summary>
    public string AddTo(RcFile file) => Shell.AddTo(file, RcLine);

    /// <inheritdoc cref="ShellKind.Replace"/>
    public string? Replace(string file, string word, string other) => Shell.Replace(file, word, other);

    /// <inheritdoc cref="ShellKind.Forget"/>
    public string Forget(string variable) => Shell.Forget(variable);

    /// <inheritdoc cref="ShellKind.Edit"/>
    public string Edit(string file, int line) => Shell.Edit(file, line);
}
