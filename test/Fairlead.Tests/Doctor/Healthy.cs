using Fairlead.Core.Control;
using Fairlead.Doctor;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Tests.Doctor;

/// <summary>A machine without a problem: each test breaks one thing of it.</summary>
internal static class Healthy
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly AgentReport Agent = new()
    {
        Name = "203.0.113.7 (pts/3)",
        Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242",
        Source = "forwarded",
        State = "live",
        LoginPid = 4242,
        Owner = "login 4242 on pts/3",
    };

    public static readonly LoginReport Login = new()
    {
        Pid = 4242,
        User = "al",
        From = "203.0.113.7",
        Terminals = [new TerminalReport { Device = "pts/3" }],
        Agent = "203.0.113.7 (pts/3)",
    };

    public static readonly StatusReport Status = new()
    {
        Socket = "/home/al/.ssh/fairlead/gateway.sock",
        DaemonPid = 311,
        DaemonVersion = "0.1.0",
        Started = Now,
        Conversations = 1,
        Here = new AnswerReport { Agent = "203.0.113.7 (pts/3)", Reason = "own-login", Explanation = "this shell belongs to its login (pts/3)", Keys = 2 },
        Agents = [Agent],
        Logins = [Login],
        Refused = [],
    };

    public static readonly DoctorFacts Facts = new()
    {
        Shell = new ShellFacts
        {
            Lines = new ShellLines(Shells.Bash, "~/.local/bin/fairlead"),
            Agent = "/home/al/.ssh/fairlead/gateway.sock",
            Listener = SocketOwner.Ourselves,
            InSession = true,
            Ancestors = [5000, 4242, 1],
        },
        Place = new LocationFacts { Socket = "/home/al/.ssh/fairlead/gateway.sock", HomeIsRemote = false, HasOwnHome = true, Home = "/home/al" },
        Daemon = new DaemonFacts { Status = Status },
        RcFiles = [Rc(new RcLine(2, RcLineKind.Fairlead), new RcLine(8, RcLineKind.InteractiveOnly))],
        Ssh = new SshFacts { IdentityAgents = [], Forbidden = [], RestrictedKeys = [] },
        OldProcesses = [],
        Programs = new ProgramVersions
        {
            Fairlead = "0.1.0",
            Daemon = "0.1.0",
            Kernel = "6.1.0-31-amd64",
            OpenSsh = "OpenSSH_9.2p1 Debian-2+deb12u5",
            Tmux = "tmux 3.3a",
            Git = "git version 2.39.5",
        },
    };

    public static RcFile Rc(params RcLine[] lines) => new("~/.bashrc", IsEmpty: false, lines);

    public static DoctorFacts With(StatusReport status) => Facts with { Daemon = Facts.Daemon with { Status = status } };

    /// <summary>In a login that forwards no agent, while nobody else's answers.</summary>
    public static readonly DoctorFacts WithoutForwarding = With(Status with { Here = null, Agents = [], Logins = [Login with { Agent = null }] });
}
