using System.Text;
using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>
/// All that fairlead knows of one shell: one class for each, and a line in <see cref="Shells.All"/>. What is abstract here a new shell has to say; what
/// is virtual only some of them have.
/// </summary>
internal abstract class ShellKind
{
    /// <summary>Of <c>fairlead init</c>. A person adds it to the line in the rc file, and keeps it when the line is written anew.</summary>
    public const string RefreshOption = "--refresh-env";

    /// <summary>By its last word the line is known for fairlead's own. It is a comment in every shell.</summary>
    public const string PathReason = " # so that your shell finds fairlead";

    /// <summary>What a person types, and the ending of its embedded file.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// What <c>init</c> prints, with @SOCKET@ for the path; it ends with the line for the rc file. Not an embedded file: the first of those that a process reads
    /// takes longer than all that a login's <c>init</c> asks the daemon.
    /// </summary>
    protected abstract string Code { get; }

    /// <summary>Other programs that read the language of this shell.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>It can do something before each prompt, and the embedded file <c>refresh.NAME</c> has the code for it.</summary>
    public virtual bool HasPromptHook => false;

    /// <summary>Other statements have to come first in its rc file.</summary>
    public virtual bool TakesLineLast => false;

    /// <summary>What stands around all lines that set variables.</summary>
    protected virtual (string Before, string After) Frame => ("", "");

    /// <summary>What opens a file at a line when <c>+NUMBER FILE</c> follows.</summary>
    protected abstract string Editor { get; }

    /// <summary>Makes any text one literal word.</summary>
    public abstract string Quote(string text);

    /// <summary>The line that gives a variable a value.</summary>
    /// <param name="value">Quoted already.</param>
    protected abstract string Set(string variable, string value);

    /// <summary>The line that takes a variable away, whether there is one or not.</summary>
    protected abstract string Unset(string variable);

    /// <summary>The line that runs what fairlead prints.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    /// <param name="verb">"init" or "env".</param>
    public abstract string Evaluate(string program, string verb);

    /// <summary>What belongs into the rc file. Where the program is gone, or has nothing to say, it leaves the shell as it was.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    public abstract string RcLine(string program);

    /// <summary>
    /// Puts a folder at the end of the PATH where it is not in it yet: Debian's zsh and fish have no ~/.local/bin there. It ends with
    /// <see cref="PathReason"/>.
    /// </summary>
    /// <param name="folder">A word of the shell.</param>
    public abstract string PathLine(string folder);

    /// <summary>Sets the path where <c>init</c> would leave the shell alone.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    public abstract string Export(string program);

    /// <summary>What <c>fairlead path</c> prints, as one word of a command; in sh's way where the shell does not say.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    public virtual string PathWord(string program) => $"\"$({program} path)\"";

    /// <summary>The command that puts a line into a file: at its top, where shells that are not interactive read it, too, if nothing has to come first.</summary>
    public abstract string AddTo(RcFile file, string line);

    /// <summary>
    /// Code for a login shell that prints its PATH in a line "PATH=...", and where its completions come from. It becomes another program at its end, so that the
    /// shell reads no logout file. Null for a shell that takes no <c>-l -i -c</c>.
    /// </summary>
    public virtual string? LoginQuestion => null;

    /// <summary>The command that adds a folder to the PATH of each login from the next one on; null where it takes more than one.</summary>
    /// <param name="folder">A word of the shell.</param>
    public virtual string? AddToPath(string folder, RcFacts facts) => null;

    /// <summary>Takes a variable away from a running shell.</summary>
    public virtual string Forget(string variable) => Unset(variable).TrimEnd(';');

    /// <summary>Opens a file where it is to be changed: which lines around it belong together only a person can say.</summary>
    public string Edit(string file, int line) => $"{Editor} +{line} {file}";

    /// <summary>The command that puts another word in the place of one, wherever a file has it; null where sed would read one of them otherwise.</summary>
    /// <param name="file">As a person types it.</param>
    public string? Replace(string file, string word, string other) => (word + other).All(c => char.IsAsciiLetterOrDigit(c) || "/._-~$+:@%".Contains(c))
        ? $"sed -i --follow-symlinks {Quote($"s|{word.Replace(".", @"\.", StringComparison.Ordinal)}|{other}|g")} {file}"
        : null;

    /// <summary>The rc files that it reads, in its order, but the one that the line belongs into first. Looks which of them are there.</summary>
    public abstract IEnumerable<string> RcFiles(RcPaths paths);

    /// <summary>Those that login shells read without reading the one that the line belongs into: each needs a line of its own.</summary>
    public virtual IEnumerable<string> FilesReadInstead(RcFacts facts) => [];

    /// <summary>Those that get the line when this person sets fairlead up; none where the shell is not theirs.</summary>
    public abstract IEnumerable<string> FilesToChange(RcFacts facts);

    /// <summary>A login of this shell reads ~/.profile, if it has no file of its own for that.</summary>
    public virtual bool ReadsProfile => false;

    /// <summary>All that may have been given the line, whatever the person's shell was then.</summary>
    public abstract IEnumerable<string> FilesOnceChanged(RcPaths paths);

    /// <summary>The code that makes <paramref name="socket"/> the shell's agent.</summary>
    public string CodeFor(string socket) => Code.Replace("@SOCKET@", Quote(socket), StringComparison.Ordinal);

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

    /// <summary>The name, which command lines and reports have.</summary>
    public sealed override string ToString() => Name;

    /// <summary>The command that puts a line at the top of a file; what is linked stays a link.</summary>
    protected string AddFirst(RcFile file, string line) =>
        file.IsEmpty ? $"echo {Quote(line)} >>{file.Name}" : $"sed -i --follow-symlinks {Quote("1i " + line)} {file.Name}";

    /// <summary>The person logs in with this shell, or has its file.</summary>
    protected bool IsUsed(RcFacts facts, string rcFile) => facts.LoginShell == Name || facts.IsThere(rcFile);

    protected static bool IsQuoted(string program) => program[0] is '\'' or '"';

    /// <summary>The program where the shell wants a string, and not a command.</summary>
    protected string TextOf(string program) => IsQuoted(program) ? program : Quote(program);

    /// <param name="replace">What stands for a character; null for itself.</param>
    protected static string Escape(string text, Func<char, string?> replace)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(replace(c) ?? c.ToString());
        }

        return escaped.ToString();
    }
}
