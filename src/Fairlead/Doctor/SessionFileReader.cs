using System.Text.RegularExpressions;
using Fairlead.Files;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Reads what the symlink recipe leaves in the files of sshd, tmux and screen.</summary>
/// <remarks>
/// <c>update-environment</c> is no matter of this: it copies what the client has, which is fairlead's socket when its shell has the fairlead line. What the
/// server has now, <see cref="TmuxReader"/> asks.
/// </remarks>
/// <param name="look">Who listens at a path.</param>
internal sealed partial class SessionFileReader(string home, Func<string?, SocketOwner> look)
{
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public IReadOnlyList<SessionLine> Read(Func<string, string?> variable)
    {
        RcPaths paths = RcPaths.Of(home, variable);
        string[] tmux = [$"{home}/.tmux.conf", $"{paths.Configs}/tmux/tmux.conf", $"{home}/.config/tmux/tmux.conf"];
        return
        [
            .. RcFileReader.Read(paths.LoginScript, home).Lines
                .Where(line => line.Kind == RcLineKind.SymlinkRecipe)
                .Select(line => new SessionLine(new FileLine(TypedPath.Of(paths.LoginScript, home), line.Number), SessionLineKind.MakesLink)),
            .. tmux.Distinct().SelectMany(file => Scan(file, TmuxSetting())),
            .. Scan(variable("SCREENRC") ?? $"{home}/.screenrc", ScreenSetting()),
        ];
    }

    private IEnumerable<SessionLine> Scan(string file, Regex setting) =>
        TextFile.Lines(file)
            .Select((text, index) => Judge(text.TrimStart(), setting, new FileLine(TypedPath.Of(file, home), index + 1)))
            .OfType<SessionLine>();

    private SessionLine? Judge(string line, Regex setting, FileLine place)
    {
        if (RcScanner.Scan(line) is [{ Kind: RcLineKind.SymlinkRecipe }])
        {
            return new SessionLine(place, SessionLineKind.MakesLink);
        }

        Match match = line.StartsWith('#') ? Match.Empty : setting.Match(line);
        string agent = match.Groups["agent"].Value;
        return !match.Success ? null
            : match.Groups["unset"].Success ? new SessionLine(place, SessionLineKind.RemovesAgent)
            : PathOf(agent) is { } path && look(path) != SocketOwner.Ourselves ? new SessionLine(place, SessionLineKind.SetsAgent, agent)
            : null;
    }

    /// <summary>Null for a value that only the program itself can tell.</summary>
    private string? PathOf(string agent)
    {
        string path = TypedPath.ExpandVariable(agent, home);
        return path.StartsWith('/') && !path.Contains('$') && !path.Contains("#{", StringComparison.Ordinal) ? path : null;
    }

    /// <summary>Of set-environment, -r and -u take the variable away (tmux(1)); it may stand in a hook, too.</summary>
    [GeneratedRegex(@"\b(set-environment|setenv)\s+((?<unset>-\w*[ru]\w*)\s+|-t\s*\S+\s+|-\w+\s+)*[""']?SSH_AUTH_SOCK\b[""']?(\s+[""']?(?<agent>[^\s""'\\;]+))?")]
    private static partial Regex TmuxSetting();

    [GeneratedRegex(@"^((?<unset>unsetenv)|setenv)\s+SSH_AUTH_SOCK\b(\s+[""']?(?<agent>[^\s""']+))?")]
    private static partial Regex ScreenSetting();
}
