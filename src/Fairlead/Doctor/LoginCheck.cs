using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Whether this shell's login brings an agent, and if not, why that is likely.</summary>
internal static class LoginCheck
{
    private const string Name = "this login";
    private const string LoginFolder = ".ssh/agent";

    /// <summary>Puts the sockets of logins into the home (release notes of OpenSSH 10.1).</summary>
    private static readonly Version SocketsInHome = new(10, 1);

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

        // A pane, or no ssh session: what answers it is told with the agents.
        if (login is null && (status.Here is not null || !facts.Shell.InMosh))
        {
            return [];
        }

        (string why, string? mend) = Explain(facts, login);
        return [new Finding(
            Name,
            status.Here is null ? FindingVerdict.Problem : FindingVerdict.Warning,
            "fairlead sees no agent of it",
            why + (status.Here is { } here ? $" Until then {here.Agent} answers here." : ""),
            mend)];
    }

    /// <summary>Why fairlead does not use the agent at a path; null where it does, or has never heard of it.</summary>
    public static string? ReasonAgainst(string socket, StatusReport status) => status.Refused.FirstOrDefault(refused => refused.Socket == socket)?.Reason;

    /// <summary>This shell has an agent of its login, and fairlead has not.</summary>
    private static Finding JudgeUnused(string socket, string? reason, ShellLines lines) => reason is null
        ? Finding.Warning(Name, $"it forwards an agent, {socket}, that fairlead has not been told of", "The rc line tells it of the agents that are not found where sshd puts them.", lines.Repair)
        : Finding.Warning(Name, $"it forwards an agent, {socket}, that fairlead does not use: {reason}", "This shell keeps it. Panes and jobs that outlive the login cannot have it.");

    /// <summary>The login that the shell belongs to; null in a pane and outside ssh.</summary>
    public static LoginReport? LoginOf(ShellFacts shell, StatusReport status) => status.Logins.FirstOrDefault(login => shell.Ancestors.Contains(login.Pid));

    /// <summary>The likeliest reason first: what is certain, then what was seen, then what people forget.</summary>
    private static (string Why, string? Mend) Explain(DoctorFacts facts, LoginReport? login)
    {
        ShellLines lines = facts.Shell.Lines;
        if (facts.Shell.InMosh)
        {
            return ("mosh carries no agent. Keep an 'ssh -A' to this machine open beside it.", "ssh -A HOST");
        }

        if (facts.Ssh.Forbidden is [var forbidden, ..])
        {
            string block = forbidden.Block is { } named ? $" for '{named}'" : "";
            return ($"{forbidden.Place} says {forbidden.Keyword} {forbidden.Value}{block}: the administrator of this machine does not allow it.", $"sudo {lines.Edit(forbidden.File, forbidden.Line)}");
        }

        if (facts.Daemon.Status!.Refused.FirstOrDefault(refused => refused.Socket.Contains(LoginFolder, StringComparison.Ordinal)) is { } refused)
        {
            return ($"Its socket may be in ~/{LoginFolder}, which is not trusted: {refused.Reason}.", $"chmod 700 ~/{LoginFolder}");
        }

        int length = LocationCheck.LengthOfLoginSocket(facts.Place.Home);
        if (length > UnixAddress.MaxPathBytes && VersionOf(facts.Programs.OpenSsh) >= SocketsInHome)
        {
            return ($"sshd makes the socket in ~/{LoginFolder}, with a path of {length} bytes, and {UnixAddress.MaxPathBytes} is the most. A shorter home is the cure.", null);
        }

        if (facts.Ssh.RestrictedKeys is [var line, ..])
        {
            return ($"{line} forbids it for one key, perhaps the one that you logged in with.", lines.Edit(line.File, line.Number));
        }

        return login?.Terminals.Count > 1
            ? ("Several terminals share its connection (ControlMaster), and the first of them was opened without -A. On your laptop, end the connection and "
                + "open it anew.", "ssh -O exit HOST; ssh -A HOST")
            : ("None was found. Most likely it was opened without -A: log in with -A, or set 'ForwardAgent yes' for this host in ~/.ssh/config on your laptop. With "
                + "a ControlMaster, the connection that it keeps must be ended first (ssh -O exit HOST).", "ssh -A HOST");
    }

    /// <summary>From "OpenSSH_10.1p1 Debian-2"; 0.0 where it cannot be told.</summary>
    private static Version VersionOf(string? program)
    {
        string number = string.Concat((program ?? "").SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(c => char.IsAsciiDigit(c) || c == '.'));
        return Version.TryParse(number, out Version? version) ? version : new Version();
    }
}
