using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Asks the tmux server of this shell what it gives to new panes, with its own program.</summary>
internal static partial class TmuxReader
{
    /// <param name="variable">TMUX.</param>
    /// <param name="look">Who listens at a path.</param>
    public static TmuxFacts? Read(string? variable, Func<string?, SocketOwner> look)
    {
        if (TmuxVariable.Parse(variable) is not { } tmux || MultiplexerServer.Find(tmux.ServerPid, Tmux.Instance, CurrentProcess.Pid) is null)
        {
            return null;
        }

        string? Ask(params string[] words) => ProgramSearch.AskAt($"/proc/{tmux.ServerPid}/exe", ["tmux", "-S", tmux.Socket, .. words]);
        string? session = Ask("show-environment", "SSH_AUTH_SOCK");
        string? agent = ValueOf(session ?? Ask("show-environment", "-g", "SSH_AUTH_SOCK"));
        return new TmuxFacts { Agent = agent, Listener = look(agent), UpdateIndex = IndexIn(Ask("show-options", "-g", "update-environment")) };
    }

    /// <summary>"NAME=value"; "-NAME" is one that new panes do not get.</summary>
    private static string? ValueOf(string? shown) => shown?.Split('=', 2) is [_, { Length: > 0 } value] ? value : null;

    private static int? IndexIn(string? options) => Index().Match(options ?? "") is { Success: true } match
        ? int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"^update-environment\[(?<index>\d+)\] ""?SSH_AUTH_SOCK""?$", RegexOptions.Multiline)]
    private static partial Regex Index();
}
