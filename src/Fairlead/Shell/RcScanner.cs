using System.Text.RegularExpressions;

namespace Fairlead.Shell;

/// <summary>
/// Reads rc files for what they do about the agent. Not a shell: it knows the ways in which people write these things, and what it does not know it
/// passes over.
/// </summary>
internal static partial class RcScanner
{
    /// <summary>How far below its condition an early return stands, at most: Debian's case has it in the third line.</summary>
    private const int ReturnWithin = 3;

    public static IReadOnlyList<RcLine> Scan(string text)
    {
        string[] lines = text.Split('\n');
        var found = new List<RcLine>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimStart();
            if (line.StartsWith('#') || line.Length == 0)
            {
                continue;
            }

            if (KindOf(line) is { } kind)
            {
                found.Add(new RcLine(i + 1, kind));
            }
            else if (AsksWhetherInteractive().IsMatch(line) && lines.Skip(i).Take(ReturnWithin + 1).Any(Returns))
            {
                found.Add(new RcLine(i + 1, RcLineKind.InteractiveOnly));
            }
        }

        return found;
    }

    private static RcLineKind? KindOf(string line) =>
        RunsFairlead().IsMatch(line) ? RcLineKind.Fairlead
        : MakesLink().IsMatch(line) ? RcLineKind.SymlinkRecipe
        : SetsAgent().IsMatch(line) ? RcLineKind.OtherAgent
        : null;

    private static bool Returns(string line) => Return().IsMatch(line.Split('#')[0]);

    [GeneratedRegex(@"\bfairlead['""]?,?\s+['""]?init\b")]
    private static partial Regex RunsFairlead();

    [GeneratedRegex(@"\bln\s+(-\S+\s+)*[^;]*\bSSH_AUTH_SOCK\b")]
    private static partial Regex MakesLink();

    [GeneratedRegex(@"(^|;|&&|\|\||\{|\b(then|do|else|export)\s)\s*SSH_AUTH_SOCK=|\bsetenv\s+SSH_AUTH_SOCK\s|\bset\b[^;]*\s-\w*x\w*\b[^;]*\bSSH_AUTH_SOCK\s|\beval\b.*\b(ssh-agent|keychain|gnome-keyring-daemon)\b")]
    private static partial Regex SetsAgent();

    [GeneratedRegex(@"(\bcase\b|\[|\btest\b).*(\$-|\$\{?PS1)|\bis-interactive\b")]
    private static partial Regex AsksWhetherInteractive();

    [GeneratedRegex(@"\b(return|exit)\b")]
    private static partial Regex Return();
}
