using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether this shell's login forwards an agent, and if not, the likeliest reason.</summary>
internal static class LoginCheck
{
    private const string Name = "this login";
    private const string LoginFolder = ".ssh/agent";

    /// <summary>Puts the sockets of logins into the home (release notes of OpenSSH 10.1).</summary>
    private static readonly Version SocketsInHome = new(10, 1);

    /// <summary>Puts the session's process into their names: seen in 10.6, and not yet in 10.1.</summary>
    private static readonly Version NumberedSockets = new(10, 6);

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (facts.Daemon.Status is not { } status)
        {
            return [];
        }

        LoginReport? login = LoginOf(facts.Shell, status);
        if (login?.Agent is { } agent)
        {
            return [Finding.Ok(Name, $"it forwards an agent, {agent}")];
        }

        if (facts.Shell is { Listener: SocketOwner.Login, Agent: { } own })
        {
            return [JudgeUnused(own, ReasonAgainst(own, status), facts.Shell.Lines)];
        }

        // A pane, or no ssh session: AgentCheck says who answers there.
        if (login is null && (status.Here is not null || !facts.Shell.InMosh))
        {
            return [];
        }

        (string why, string? fix) = Explain(facts, login);
        return [new Finding(
            Name,
            status.Here is null ? FindingVerdict.Problem : FindingVerdict.Warning,
            "fairlead sees no agent from it",
            why + (status.Here is { } here ? $" Until then, {here.Agent} answers here." : ""),
            fix)];
    }

    /// <summary>Why fairlead does not use the agent at a path; null where it does, or has never heard of it.</summary>
    public static string? ReasonAgainst(string socket, StatusReport status) => status.Refused.FirstOrDefault(refused => refused.Socket == socket)?.Reason;

    /// <summary>This shell has the agent of its login, and fairlead does not.</summary>
    private static Finding JudgeUnused(string socket, string? reason, ShellLines lines) => reason is null
        ? Finding.Warning(Name, $"it forwards {socket}, an agent that fairlead does not know", "The fairlead line in the rc file registers agents that are not where sshd puts them.", lines.Repair)
        : Finding.Warning(Name, $"it forwards {socket}, an agent that fairlead does not use: {reason}", "This shell keeps it. Panes and jobs that outlive the login cannot use it.");

    /// <summary>The login that the shell belongs to; null in a pane and outside ssh.</summary>
    public static LoginReport? LoginOf(ShellFacts shell, StatusReport status) => status.Logins.FirstOrDefault(login => shell.Ancestors.Contains(login.Pid));

    /// <summary>The likeliest reason first: what is certain, then what was seen, then what people forget.</summary>
    private static (string Why, string? Fix) Explain(DoctorFacts facts, LoginReport? login)
    {
        ShellLines lines = facts.Shell.Lines;
        if (facts.Shell.InMosh)
        {
            return ("mosh does not forward an agent. Keep an 'ssh -A' to this machine open beside it.", "ssh -A HOST");
        }

        if (facts.Ssh.Forbidden is [var forbidden, ..])
        {
            return ($"{forbidden.Place} says {forbidden.Keyword} {forbidden.Value}{forbidden.Limit}: the administrator of this machine does not allow it.", $"sudo {lines.Edit(forbidden.File, forbidden.Line)}");
        }

        if (facts.Daemon.Status!.Refused.FirstOrDefault(IsInOpenFolder) is { } refused)
        {
            bool isOurs = RefusalCode.Of(refused) != Refusal.FolderOfAnotherUser;
            return ($"Its socket may be in ~/{LoginFolder}, which is not trusted: {refused.Reason}.", isOurs ? $"chmod 700 ~/{LoginFolder}" : $"ls -ld ~/{LoginFolder}");
        }

        Version openSsh = VersionOf(facts.Programs.OpenSsh);
        int length = LocationCheck.LengthOfLoginSocket(facts.Place.Home, openSsh >= NumberedSockets ? login?.Pid : null);
        if (length > UnixAddress.MaxPathBytes && openSsh >= SocketsInHome)
        {
            return ($"sshd makes the socket in ~/{LoginFolder}. Its path would have {length} bytes, and {UnixAddress.MaxPathBytes} is the most. Only a home with a shorter path helps.", null);
        }

        if (facts.Ssh.RestrictedKeys is [var line, ..])
        {
            return ($"{line} forbids it for one key, perhaps the one you logged in with.", lines.Edit(line.File, line.Number));
        }

        return login?.Terminals.Count > 1
            ? ("Several terminals share its connection (ControlMaster), and the first was opened without -A. On your laptop, end that connection and log in "
                + "again.", "ssh -O exit HOST; ssh -A HOST")
            : ("Most likely you logged in without -A. Log in with -A, or set 'ForwardAgent yes' for this host in ~/.ssh/config on your laptop. If you use a "
                + "ControlMaster, end its connection first: ssh -O exit HOST.", "ssh -A HOST");
    }

    /// <summary>What is wrong with the folder concerns the socket of this login as well. What is wrong with one socket there does not.</summary>
    private static bool IsInOpenFolder(RefusedReport refused) =>
        refused.Socket.Contains(LoginFolder, StringComparison.Ordinal)
        && RefusalCode.Of(refused) is Refusal.FolderWritableByOthers or Refusal.FolderNotPrivate or Refusal.FolderOfAnotherUser;

    /// <summary>From "OpenSSH_10.1p1 Debian-2"; 0.0 where it cannot be told.</summary>
    private static Version VersionOf(string? program)
    {
        string number = string.Concat((program ?? "").SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(c => char.IsAsciiDigit(c) || c == '.'));
        return Version.TryParse(number, out Version? version) ? version : new Version();
    }
}
