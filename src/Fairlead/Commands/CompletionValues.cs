using System.Text;
using Fairlead.Client;
using Fairlead.Completion;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Deploy;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary>
/// What a person can mean at this moment: a line for each value, then a tab, then what it is. Somebody waits at the keyboard: no daemon is started,
/// and where anything is wrong or late there are no lines, and no word about it.
/// </summary>
internal static class CompletionValues
{
    /// <summary>What a person hardly notices.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);

    /// <param name="list">One of <see cref="LiveValue"/>; another one is empty.</param>
    public static string Of(string list)
    {
        IEnumerable<(string Value, string Meaning)> values = list switch
        {
            LiveValue.Agents => ReadStatus() is { } report ? Agents(report) : [],
            LiveValue.Hosts => HostList.Configured(Surroundings.Read(), file: null).Select(host => (host, "in your ssh_config")),
            LiveValue.Processes => Processes(),
            _ => [],
        };
        var text = new StringBuilder();
        foreach ((string value, string meaning) in values)
        {
            text.Append(PlainText.Of(value)).Append('\t').Append(PlainText.Of(meaning)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// A login's agent by its address and by its terminals, which are words without blanks; every other by its name. The address of several logins
    /// means the one typed in last, as for <c>fairlead pin</c>.
    /// </summary>
    public static IEnumerable<(string Value, string Meaning)> Agents(StatusReport report) => report.Agents
        .Where(agent => agent.State != AgentState.Dead)
        .SelectMany(agent => report.Logins.FirstOrDefault(login => login.Pid == agent.LoginPid) is { From: { } from } login
            ? login.Terminals.Select(terminal => (terminal.Device, agent.Name)).Prepend((from, $"the login on {Place(login)}"))
            : [(agent.Name, agent.Source)])
        .DistinctBy(value => value.Item1);

    private static string Place(LoginReport login) => login.Terminals is [{ } terminal, ..] ? terminal.Device : "no terminal";

    private static StatusReport? ReadStatus() =>
        CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Status, Quiet = true }, AnswerTimeout, mayStart: false).Reply?.Status;

    /// <summary>The person's own, the newest first: what was just started is asked about most.</summary>
    private static IEnumerable<(string Value, string Meaning)> Processes() => ProcessList.ReadOf(CurrentProcess.Uid)
        .Where(pid => pid != CurrentProcess.Pid && ProcessStatus.IsOf(pid, CurrentProcess.Uid))
        .Select(pid => ProcessStat.TryRead(pid, out ProcessStat stat) ? stat : default)
        .Where(stat => stat.Pid > 0)
        .OrderByDescending(stat => stat.Started)
        .ThenByDescending(stat => stat.Pid)
        .Select(stat => (stat.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture), stat.Command));
}
