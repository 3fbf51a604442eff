using System.Text.RegularExpressions;

namespace Fairlead.Shell;

/// <summary>Paths as a person types them.</summary>
internal static partial class TypedPath
{
    /// <summary>One word of any shell: below "~" where that is plain, quoted where it must be.</summary>
    public static string Of(string path, string home)
    {
        string typed = WithoutHome(path, home);
        bool isPlain = (typed.StartsWith("~/", StringComparison.Ordinal) ? typed[2..] : typed).All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@%".Contains(c));
        return isPlain ? typed : Shells.Sh.Quote(path);
    }

    /// <summary>The path that a person means by "~/...", as their shell would have it; any other as it is.</summary>
    public static string Expand(string typed, string home) => typed.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(home, typed[2..]) : typed;

    /// <summary>As <see cref="Expand"/>, and also with the variable of the home in front, as files of tmux, ssh and shells write it.</summary>
    public static string ExpandVariable(string typed, string home) => Expand(HomeVariable().Replace(typed, "~"), home);

    /// <summary>A text in which each path below the home begins with "~".</summary>
    public static string WithoutHome(string text, string home) =>
        home.Length > 1 ? text.Replace(home + "/", "~/", StringComparison.Ordinal) : text;

    [GeneratedRegex(@"^(\$HOME|\$\{HOME\}|\$env:HOME)(?=/)")]
    private static partial Regex HomeVariable();
}
