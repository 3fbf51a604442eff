using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>The lines that a person types in, or writes for, one shell.</summary>
/// <param name="Shell">As <c>fairlead init</c> knows it.</param>
/// <param name="Program">fairlead, as a word of the shell.</param>
internal sealed record ShellLines(string Shell, string Program)
{
    /// <summary>Gives a running shell the stable path.</summary>
    public string Repair => For(Shell);

    /// <summary>What belongs into the rc file.</summary>
    public string RcLine => Shell == "fish"
        ? $"if test -x {Program}; {Program} init fish | source; end"
        : $"if [ -x {Program} ]; then eval \"$({Program} init {Shell})\"; fi";

    /// <summary>Sets the path where <c>init</c> would leave the shell alone.</summary>
    public string Export => Shell == "fish" ? $"set -gx SSH_AUTH_SOCK ({Program} path)" : $"export SSH_AUTH_SOCK=\"$({Program} path)\"";

    /// <summary>The same as <see cref="Repair"/> for another shell.</summary>
    public string For(string shell) => shell == "fish" ? $"{Program} init fish | source" : $"eval \"$({Program} init {shell})\"";

    /// <summary>Puts <see cref="RcLine"/> at the top of a file; what is linked stays a link.</summary>
    public string AddTo(RcFile file) => file.IsEmpty
        ? $"echo {ShellQuote.Posix(RcLine)} >>{file.Name}"
        : $"sed -i --follow-symlinks {ShellQuote.Posix("1i " + RcLine)} {file.Name}";

    /// <summary>Opens a file where it is to be changed: which lines around it belong together only a person can say.</summary>
    public string Edit(string file, int line) => Shell == "fish" ? $"vi +{line} {file}" : $"${{EDITOR:-vi}} +{line} {file}";
}
