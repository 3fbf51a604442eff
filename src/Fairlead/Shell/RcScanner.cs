using System.Text.RegularExpressions;

namespace Fairlead.Shell;

/// <summary>
/// Reads rc files for what they do about the agent. It is not a shell: it knows how people write these things, and skips what it does not know.
/// </summary>
internal static partial class RcScanner
{
    /// <summary>How far below its condition an early return stands, at most: Debian's case has it in the third line.</summary>
    private const int ReturnWithin = 3;

    public static IReadOnlyList<RcLine> Scan(string text)
    {
        string[] lines = text.Split('\n');
        var found = new List<RcLine>();
        string? functionEnd = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimStart();
            if (line.StartsWith('#') || line.Length == 0)
            {
                continue;
            }

            bool isLater = functionEnd is not null || BeginsAlias().IsMatch(line) || BeginsFunction().IsMatch(line);
            if (Judge(line, isLater) is { } kind)
            {
                found.Add(new RcLine(i + 1, kind, kind == RcLineKind.Fairlead ? ProgramIn(line) : null));
            }
            else if (AsksWhetherInteractive().IsMatch(line) && lines.Skip(i).Take(ReturnWithin + 1).Any(Returns))
            {
                found.Add(new RcLine(i + 1, RcLineKind.InteractiveOnly));
            }

            string indent = lines[i][..^line.Length];
            functionEnd = functionEnd is null ? (OpensFunction().IsMatch(line) ? indent : null)
                : indent == functionEnd && ClosesFunction().IsMatch(line) ? null
                : functionEnd;
        }

        return found;
    }

    /// <param name="isLater">The line is in a function or an alias, and does nothing when the file is read.</param>
    private static RcLineKind? Judge(string line, bool isLater) =>
        RunsFairlead().IsMatch(line) ? RcLineKind.Fairlead
        : MakesLink().IsMatch(line) ? RcLineKind.SymlinkRecipe
        : AsksTmux().IsMatch(line) ? RcLineKind.Refresher
        : isLater ? (SetsAgent().IsMatch(line) || SetsAgentInQuotes().IsMatch(line) || (StartsAgent().IsMatch(line) && !BeginsAlias().IsMatch(line)) ? RcLineKind.Refresher : null)
        : SetsAgent().IsMatch(line) || StartsAgent().IsMatch(line) || UnsetsAgent().IsMatch(line) ? RcLineKind.OtherAgent
        : null;

    private static string? ProgramIn(string line) => Program().Match(line) is { Success: true } match ? match.Groups["program"].Value : null;

    private static bool Returns(string line) => Return().IsMatch(line.Split('#')[0]);

    [GeneratedRegex(@"\bfairlead['""]?,?\s+['""]?init\b")]
    private static partial Regex RunsFairlead();

    [GeneratedRegex(@"('(?<program>[^']*\bfairlead)'|""(?<program>[^""]*\bfairlead)""|(?<program>[^\s'""`(){}\[\]<>;|&]*\bfairlead)),?\s+['""]?init\b")]
    private static partial Regex Program();

    [GeneratedRegex(@"\bln\s+(-\S+\s+)*[^;]*\bSSH_AUTH_SOCK\b")]
    private static partial Regex MakesLink();

    /// <summary>For all variables, or for this one: what it says of others is no matter of ours.</summary>
    [GeneratedRegex(@"\btmux\b[^;|]*\bshow-?env(ironment)?\b(\s+-\w+)*(\s*$|\s*[""'`);&]|\s*\|(?!\s*grep\b(?!.*SSH_A))|\s+[""']?SSH_AUTH_SOCK\b)")]
    private static partial Regex AsksTmux();

    /// <summary>An assignment that a command follows is for that command alone.</summary>
    [GeneratedRegex(@"\b(export|typeset|declare)\s+(-\w+\s+)*SSH_AUTH_SOCK="
        + @"|(^|;|&&|\|\||\{|\b(then|do|else)\s)\s*SSH_AUTH_SOCK=(""[^""]*""|'[^']*'|`[^`]*`|\$\([^)]*\)|[^\s;&|""'`()])*\s*($|[;&|#})])"
        + @"|\bsetenv\s+SSH_AUTH_SOCK\s|\bset\b[^;]*\s-\w*x\w*\b[^;]*\bSSH_AUTH_SOCK\s")]
    private static partial Regex SetsAgent();

    [GeneratedRegex(@"\beval\b.*\b(ssh-agent|keychain|gnome-keyring-daemon)\b")]
    private static partial Regex StartsAgent();

    [GeneratedRegex(@"(^|;|&&|\|\||\{|\b(then|do|else)\s)\s*(unset\s+(-v\s+)?|unsetenv\s+|set\s+(-\w+\s+)*-\w*e\w*\s+)SSH_AUTH_SOCK\b")]
    private static partial Regex UnsetsAgent();

    /// <summary>In an alias the assignment begins after a quote, and may end before one.</summary>
    [GeneratedRegex(@"[""']\s*SSH_AUTH_SOCK=[^\s;""']+\s*([""';]|$)")]
    private static partial Regex SetsAgentInQuotes();

    [GeneratedRegex(@"^(alias|abbr)\s")]
    private static partial Regex BeginsAlias();

    [GeneratedRegex(@"^(function\s+\S+|[\w.:+-]+\s*\(\s*\))")]
    private static partial Regex BeginsFunction();

    /// <summary>One whose body goes on in the next lines.</summary>
    [GeneratedRegex(@"^(function\s+\S+|[\w.:+-]+\s*\(\s*\))(?!.*(\}|\bend)\s*(#.*)?$)")]
    private static partial Regex OpensFunction();

    [GeneratedRegex(@"^(\}|end\b|\))")]
    private static partial Regex ClosesFunction();

    [GeneratedRegex(@"(\bcase\b|\[|\btest\b).*(\$-|\$\{?PS1)|\bis-interactive\b")]
    private static partial Regex AsksWhetherInteractive();

    [GeneratedRegex(@"\b(return|exit)\b")]
    private static partial Regex Return();
}
