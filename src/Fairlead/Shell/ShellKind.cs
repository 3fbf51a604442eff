using System.Text;
using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>
/// All that fairlead knows of one shell: one class for each, and a line in <see cref="Shells.All"/>. What is abstract here a new shell has to say; what
/// is virtual only some of them have. Its code stands in the embedded file <c>init.NAME</c>.
/// </summary>
internal abstract class ShellKind
{
    /// <summary>Of <c>fairlead init</c>. A person adds it to the line in the rc file, and keeps it when the line is written anew.</summary>
    public const string RefreshOption = "--refresh-env";

    /// <summary>What a person types, and the ending of its embedded files.</summary>
    public abstract string Name { get; }

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

    /// <summary>Sets the path where <c>init</c> would leave the shell alone.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    public abstract string Export(string program);

    /// <summary>What <c>fairlead path</c> prints, as one word of a command; in sh's way where the shell does not say.</summary>
    /// <param name="program">fairlead, as a word of the shell.</param>
    public virtual string PathWord(string program) => $"\"$({program} path)\"";

    /// <summary>The command that puts a line into a file: at its top, where shells that are not interactive read it, too, if nothing has to come first.</summary>
    public abstract string AddTo(RcFile file, string line);

    /// <summary>Opens a file where it is to be changed: which lines around it belong together only a person can say.</summary>
    public string Edit(string file, int line) => $"{Editor} +{line} {file}";

    /// <summary>The rc files that it reads, in its order, but the one that the line belongs into first. Looks which of them are there.</summary>
    public abstract IEnumerable<string> RcFiles(RcPaths paths);

    /// <summary>Those that get the line when this person sets fairlead up; none where the shell is not theirs.</summary>
    public abstract IEnumerable<string> FilesToChange(RcFacts facts);

    /// <summary>All that may have been given the line, whatever the person's shell was then.</summary>
    public abstract IEnumerable<string> FilesOnceChanged(RcPaths paths);

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
