using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Doctor;
using Fairlead.Doctor.Checks;
using Fairlead.Files;
using Fairlead.Handlers;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Tests.Doctor;

/// <summary>Each thing that can be wrong, broken by itself, and the words for it.</summary>
public sealed class FindingTests
{
    private static readonly OutputStyle Terminal = new(Colour: false, Width: 80);

    private static readonly Dictionary<string, DoctorFacts> Broken = new()
    {
        ["shell-stale"] = Shell(SocketOwner.Nobody, "/tmp/ssh-XXXXzLUSs7/agent.99"),
        ["shell-stranger"] = Healthy.Facts with
        {
            Shell = Healthy.Facts.Shell with { Listener = SocketOwner.Nobody, IsStrangers = true, Agent = "/tmp/ssh-XXXXzLUSs7/agent.99" },
        },
        ["shell-unset"] = Shell(SocketOwner.Unset, null),
        ["shell-unset-console"] = Healthy.Facts with
        {
            Shell = Healthy.Facts.Shell with { Listener = SocketOwner.Unset, Agent = null, InSession = false },
            Daemon = new DaemonFacts { Failure = new Failure(3, "the daemon is not running", "fairlead start") },
        },
        ["shell-unset-fish"] = Healthy.Facts with
        {
            Shell = Healthy.Facts.Shell with { Listener = SocketOwner.Unset, Agent = null, Lines = new ShellLines(Shells.Fish, "~/.local/bin/fairlead") },
        },
        ["shell-login"] = Shell(SocketOwner.Login, "/tmp/ssh-XXXXzLUSs7/agent.99"),
        ["rc-missing"] = Rc(Healthy.Rc(new RcLine(5, RcLineKind.InteractiveOnly))),
        ["rc-missing-empty"] = Rc(new RcFile("~/.bashrc", IsEmpty: true, [])),
        ["rc-interactive-only"] = Rc(Healthy.Rc(new RcLine(5, RcLineKind.InteractiveOnly), new RcLine(117, RcLineKind.Fairlead))),
        ["rc-recipe"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead), new RcLine(14, RcLineKind.SymlinkRecipe))),
        ["rc-recipe-in-use"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead), new RcLine(14, RcLineKind.SymlinkRecipe), new RcLine(15, RcLineKind.OtherAgent))) with
        {
            Shell = Shell(SocketOwner.Nobody, "/home/al/.ssh/agent-link").Shell,
        },
        ["rc-other-agent"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead), new RcLine(20, RcLineKind.OtherAgent))),
        ["rc-program-gone"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.MissingFairlead, "/opt/old/fairlead"))),
        ["rc-program-gone-in-quotes"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.MissingFairlead, "/opt/old one/fairlead"))),
        ["rc-program-gone-in-one-file"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.MissingFairlead, "~/bin/fairlead")), Login(new RcLine(1, RcLineKind.Fairlead))),
        ["rc-not-read-by-logins"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead)), Login()),
        ["rc-read-by-logins-only"] = Rc(Healthy.Rc(), Login(new RcLine(1, RcLineKind.Fairlead))),
        ["rc-refresher"] = Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead), new RcLine(31, RcLineKind.Refresher))),
        ["recipe-login-script"] = Session("~/.ssh/rc", 2, SessionLineKind.MakesLink),
        ["recipe-tmux"] = Session("~/.tmux.conf", 5, SessionLineKind.SetsAgent, "~/.ssh/agent-link"),
        ["recipe-screen"] = Session("~/.screenrc", 7, SessionLineKind.RemovesAgent),
        ["ssh-identity-file"] = Ssh(new MissingIdentity(new SshDirective("~/.ssh/config", 3, "IdentityFile", "~/.ssh/id_work", "Host *"), "~/.ssh/id_work")),
        ["ssh-identity-file-one-host"] = Ssh(new MissingIdentity(new SshDirective("~/.ssh/config", 9, "IdentityFile", "~/.ssh/id_work.pub", "Host web01"), "~/.ssh/id_work.pub")),
        ["ssh-identities-only"] = Ssh(new MissingIdentity(new SshDirective("~/.ssh/config", 4, "IdentitiesOnly", "yes", null), null)),
        ["git-no-agent"] = Git(new GitSshFacts(GitSshSource.Setting, "/home/al/.gitconfig", GitSshTrouble.OtherAgent, "none")),
        ["git-repository"] = Git(new GitSshFacts(GitSshSource.Setting, ".git/config", GitSshTrouble.OtherAgent, "none")),
        ["git-other-agent"] = Git(new GitSshFacts(GitSshSource.CommandVariable, null, GitSshTrouble.OtherAgent, "~/.1password/agent.sock")),
        ["git-missing-key"] = Git(new GitSshFacts(GitSshSource.ProgramVariable, null, GitSshTrouble.MissingKey, "~/.ssh/id_deploy")),
        ["ssh-identity-agent"] = Ssh(new SshDirective("~/.ssh/config", 3, "IdentityAgent", "~/.1password/agent.sock", "Host *")),
        ["ssh-identity-agent-one-host"] = Ssh(new SshDirective("~/.ssh/config", 9, "identityagent", "none", "Host web01 web02")),
        ["place-none"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with
            {
                Socket = null,
                Failure = new Failure(1, "no place for the socket: /home/al/.ssh/fairlead is open to other users", "chmod go-rwx '/home/al/.ssh/fairlead'"),
            },
            Daemon = new DaemonFacts(),
        },
        ["place-not-in-home"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with
            {
                Socket = "/run/user/1000/fairlead/gateway.sock",
                NotInHome = "the socket's path in /home/al/.ssh/fairlead would be longer than 107 bytes",
            },
        },
        ["place-remote"] = Healthy.Facts with { Place = Healthy.Facts.Place with { HomeIsRemote = true } },
        ["configuration-mistake"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with
            {
                Socket = null,
                Failure = new Failure(ExitCode.Usage, "/home/al/.config/fairlead/config.toml:2: unknown key 'fallbak' in [routing]", "did you mean 'fallback'?"),
            },
            Daemon = new DaemonFacts(),
        },
        ["configuration-mistake-beside-a-daemon"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with
            {
                Failure = new Failure(ExitCode.Usage, "/home/al/.config/fairlead/config.toml:2: unknown key 'fallbak' in [routing]", "did you mean 'fallback'?"),
            },
        },
        ["place-none-beside-a-daemon"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with { Failure = new Failure(1, "no place for the socket: /home/al/.ssh/fairlead is open to other users", "chmod go-rwx '/home/al/.ssh/fairlead'") },
        },
        ["place-foreign-home"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with { Socket = null, HasOwnHome = false, Failure = new Failure(1, "HOME belongs to another user", "sudo -i, or log in as yourself") },
            Daemon = new DaemonFacts(),
            RcFiles = [Healthy.Rc()],
        },
        ["place-nobody"] = Listener(SocketListener.Nobody),
        ["place-out-of-reach"] = Listener(SocketListener.OutOfReach),
        ["place-stranger"] = Listener(SocketListener.Stranger),
        ["daemon-several"] = Healthy.Facts with
        {
            Daemon = Healthy.Facts.Daemon with { Others = [new ListedDaemon(4711, "/home/al/.ssh/fairlead/before.sock"), new ListedDaemon(4712, null)] },
        },
        ["daemon-troubled"] = Healthy.With(Healthy.Status with
        {
            Troubles = [new TroubleReport { What = "the list of old paths cannot be written: no space left on device", Why = "So.", Hint = "df -h ~" }],
        }),
        ["daemon-absent"] = Healthy.Facts with { Daemon = new DaemonFacts { Failure = new Failure(3, "the daemon is not running", "fairlead start") } },
        ["daemon-silent"] = Healthy.Facts with
        {
            Place = Healthy.Facts.Place with { Listener = SocketListener.Ours },
            Daemon = new DaemonFacts { Failure = new Failure(3, "the daemon does not answer", "kill -KILL 311; fairlead start"), IsSilent = true },
        },
        ["daemon-version"] = Healthy.With(Healthy.Status with { DaemonVersion = "0.0.9" }),
        ["daemon-build"] = Healthy.With(Healthy.Status with { Build = "0.1.0+5f0c9c1d2e3a" }),
        ["daemon-newer"] = Healthy.With(Healthy.Status with { Build = "0.2.0+1a2b3c4d5e6f" }),
        ["daemon-dies-with-login"] = Unit(new DaemonUnit("session-3.scope", IsLogin: true, KillsUserProcesses: true, Lingers: true)),
        ["daemon-dies-with-last-login"] = Unit(new DaemonUnit("user@1000.service", IsLogin: false, KillsUserProcesses: false, Lingers: false)),
        ["login-client-did-not-offer"] = Healthy.WithoutForwarding,
        ["login-another-answers"] = Healthy.With(Healthy.Status with { Logins = [Healthy.Login with { Agent = null }] }),
        ["login-forbidden"] = Healthy.WithoutForwarding with
        {
            Ssh = Healthy.Facts.Ssh with { Forbidden = [new SshDirective("/etc/ssh/sshd_config", 88, "AllowAgentForwarding", "no", null)] },
        },
        ["login-forbidden-for-some"] = Healthy.WithoutForwarding with
        {
            Ssh = Healthy.Facts.Ssh with { Forbidden = [new SshDirective("/etc/ssh/sshd_config", 88, "DisableForwarding", "yes", "Match user al")] },
        },
        ["login-restricted-key"] = Healthy.WithoutForwarding with { Ssh = Healthy.Facts.Ssh with { RestrictedKeys = [new FileLine("~/.ssh/authorized_keys", 2)] } },
        ["login-folder-refused"] = RefusedInFolder(Refusal.FolderWritableByOthers),
        ["login-folder-of-another"] = RefusedInFolder(Refusal.FolderOfAnotherUser),
        ["login-socket-refused"] = RefusedInFolder(Refusal.NotASocket),
        ["login-path-too-long"] = Healthy.WithoutForwarding with
        {
            Place = Healthy.Facts.Place with { Home = "/home/" + new string('a', 80) },
            Programs = Healthy.Facts.Programs with { OpenSsh = "OpenSSH_10.1p1" },
        },
        ["login-numbered-path-too-long"] = Healthy.WithoutForwarding with
        {
            Place = Healthy.Facts.Place with { Home = "/home/" + new string('a', 61) },
            Programs = Healthy.Facts.Programs with { OpenSsh = "OpenSSH_10.6p1" },
        },
        ["login-shared-connection"] = Healthy.With(Healthy.WithoutForwarding.Daemon.Status! with
        {
            Logins = [Healthy.Login with { Agent = null, Terminals = [new TerminalReport { Device = "pts/3" }, new TerminalReport { Device = "pts/4" }] }],
        }),
        ["login-mosh"] = Healthy.With(Healthy.Status with { Here = null, Agents = [], Logins = [] }) with { Shell = Healthy.Facts.Shell with { InMosh = true } },
        ["login-none"] = Healthy.With(Healthy.Status with { Here = null, Agents = [], Logins = [] }) with
        {
            Shell = Healthy.Facts.Shell with { InSession = false },
        },
        ["variables-stale"] = Pane("DISPLAY", "SSH_CONNECTION", "SSH_TTY"),
        ["variables-stale-fish"] = Pane("XAUTHORITY") with
        {
            Shell = Pane("XAUTHORITY").Shell with { Lines = new ShellLines(Shells.Fish, "~/.local/bin/fairlead") },
        },
        ["agents-stalled"] = Healthy.With(Healthy.Status with { Agents = [Healthy.Agent, Healthy.Agent with { Name = "198.51.100.4 (pts/7)", State = "stalled", LoginPid = 5151 }] }),
        ["agents-out-of-reach"] = Healthy.With(Healthy.Status with { Agents = [Healthy.Agent, Healthy.Agent with { Name = "198.51.100.4 (pts/7)", State = "out of reach", LoginPid = 5151 }] }),
        ["agents-awake"] = Healthy.With(Healthy.Status with { Here = null, Agents = [Healthy.Agent with { State = "awake" }] }),
        ["agents-busy"] = Healthy.With(Healthy.Status with { Here = null, Agents = [Healthy.Agent with { State = "busy" }] }),
        ["agents-empty"] = Healthy.With(Healthy.Status with { Here = Healthy.Status.Here! with { Keys = 0 } }),
        ["agents-none-answers"] = Healthy.With(Healthy.Status with { Here = null }),
        ["agents-none-answers-and-one-refused"] = Healthy.With(Healthy.Status with
        {
            Here = null,
            Refused = [.. RefusedReports.Of([new RefusedSocket("/tmp/ssh-XXXXzLUSs7/agent.99", Refusal.ListenerInContainer)], [], withCodes: true)],
        }),
        ["agents-denied"] = Healthy.With(Healthy.Status with { Here = null, Denied = "denied by a rule (line 12)" }),
        ["tmux-stale"] = Tmux(SocketOwner.Nobody, "/tmp/ssh-XXXXzLUSs7/agent.99", 3),
        ["tmux-login"] = Tmux(SocketOwner.Login, "/tmp/ssh-XXXXzLUSs7/agent.4242", null),
        ["tmux-unset"] = Tmux(SocketOwner.Unset, null, 3),
        ["pane-shell"] = Healthy.Facts with { OldProcesses = [new StalePathProcess(811, "bash", Shells.Bash, "/tmp/ssh-XXXXzLUSs7/agent.99"), new StalePathProcess(812, "-fish", Shells.Fish, "/home/al/link")] },
        ["pane-program"] = Healthy.Facts with { OldProcesses = [new StalePathProcess(813, "emacs", null, "/tmp/ssh-XXXXzLUSs7/agent.99")] },
        ["pane-without-daemon"] = Healthy.Facts with
        {
            Daemon = new DaemonFacts { Failure = new Failure(3, "the daemon is not running", "fairlead start") },
            OldProcesses = [new StalePathProcess(811, "bash", Shells.Bash, "/tmp/ssh-XXXXzLUSs7/agent.99")],
        },
        ["signing-absent"] = Signing(Key("SHA256:other")),
        ["signing-no-public-key"] = Signing(Key("SHA256:other")) with { Signing = new SigningFacts("~/.ssh/id_work.pub", null, IsOnDisk: false) },
        ["signing-unknown"] = Healthy.Facts with { Signing = new SigningFacts("~/.ssh/id_work.pub", "SHA256:wanted", IsOnDisk: false) },
        ["signing-silent"] = Signing(new AgentKeysReport { Agent = "198.51.100.4 (pts/7)", Answered = false, Keys = [] }),
    };

    public static TheoryData<string> Names { get; } = [.. Broken.Keys];

    public static TheoryData<string> Refusals { get; } = [.. Enum.GetNames<Refusal>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_broken_is_named_with_what_it_means_and_the_command_that_fixes_it(string name) =>
        Snapshot.Matches($"doctor-{name}.txt", Complaints(Broken[name]));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_socket_that_is_not_trusted_is_named_with_the_reason(string name)
    {
        var refused = new RefusedSocket("/tmp/ssh-XXXXzLUSs7/agent.99", Enum.Parse<Refusal>(name));

        string said = Complaints(Healthy.With(Healthy.Status with { Refused = [.. RefusedReports.Of([refused], [], withCodes: true)] }));

        Assert.Contains(refused.Reason.Describe(), InOneLine(said), StringComparison.Ordinal);
        Snapshot.Matches($"doctor-refused-{name}.txt", said);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("OfALaterVersion")]
    public void A_refusal_that_this_doctor_does_not_know_is_named_in_the_daemon_s_words(string? code)
    {
        var refused = new RefusedReport { Socket = "/tmp/ssh-XXXXzLUSs7/agent.99", Reason = "it is too new", Code = code };

        string said = Complaints(Healthy.With(Healthy.Status with { Refused = [refused] }));

        Assert.Contains("it is too new", InOneLine(said), StringComparison.Ordinal);
        Assert.Contains("fairlead never uses it", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_healthy_machine_gets_only_ok()
    {
        DoctorReport report = Examination.Report(Signing(Key("SHA256:wanted")) with { Tmux = new TmuxFacts { Listener = SocketOwner.Ourselves } });

        Assert.Equal(FindingVerdict.Ok, report.Verdict);
        Snapshot.Matches("doctor-healthy.txt", DoctorView.Render(report, Terminal, default));
    }

    [Fact]
    public void What_is_in_order_in_other_ways_is_told_so()
    {
        DoctorFacts[] ways =
        [
            Shell(SocketOwner.AnotherProgram, "/run/user/1000/keyring/ssh"),
            Healthy.Facts with { Shell = Healthy.Facts.Shell with { IsHealed = true, Agent = "/tmp/ssh-XXXXzLUSs7/agent.99" } },
            Healthy.Facts with { Daemon = new DaemonFacts { StartsOnDemand = true } },
            Healthy.Facts with { Signing = new SigningFacts("~/.ssh/id_work", "SHA256:wanted", IsOnDisk: true) },
            Unit(new DaemonUnit("session-3.scope", IsLogin: true, KillsUserProcesses: false, Lingers: false)),
            Healthy.With(Healthy.Status with { Logins = [] }),
            Rc(Healthy.Rc(new RcLine(2, RcLineKind.MissingFairlead, "/opt/other-machine/fairlead"), new RcLine(3, RcLineKind.Fairlead))),
            Rc(Healthy.Rc(new RcLine(2, RcLineKind.Fairlead)), Login(new RcLine(1, RcLineKind.Fairlead))),
            Pane(),
        ];

        Assert.All(ways, facts => Assert.Equal(FindingVerdict.Ok, Examination.Report(facts).Verdict));
        IEnumerable<Finding> news = ways.SelectMany(facts => Examination.Report(facts).Findings).Except(Examination.Report(Healthy.Facts).Findings);
        Snapshot.Matches("doctor-other-ways.txt", DoctorView.Render(DoctorReport.Of(news, Healthy.Facts.Programs), Terminal, default));
    }

    /// <summary>An rc file may set them as it likes: that is no pane's leftover.</summary>
    [Fact]
    public void In_a_login_s_own_shell_no_variable_is_stale()
    {
        DoctorFacts pane = Pane("KRB5CCNAME");
        DoctorFacts login = pane with { Shell = pane.Shell with { Ancestors = Healthy.Facts.Shell.Ancestors } };

        Assert.Equal(FindingVerdict.Warning, Examination.Report(pane).Verdict);
        Assert.DoesNotContain(Examination.Report(login).Findings, finding => finding.Check == "variables");
    }

    /// <summary>Every pane that a person attaches to again has those of another login: a warning would never go away.</summary>
    [Fact]
    public void Variables_that_only_tell_of_an_earlier_login_are_no_reason_to_worry()
    {
        Finding found = Assert.Single(Examination.Report(Pane("SSH_CONNECTION", "SSH_TTY")).Findings, finding => finding.Check == "variables");

        Assert.Equal(
            (FindingVerdict.Ok, "this shell and the login that shows it differ in SSH_CONNECTION, SSH_TTY, which few programs read"),
            (found.Verdict, found.Message));
    }

    private static string InOneLine(string said) => string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The whole page but for what is in order.</summary>
    private static string Complaints(DoctorFacts facts)
    {
        Finding[] wrong = [.. Examination.Report(facts).Findings.Where(finding => finding.Verdict != FindingVerdict.Ok)];
        Assert.NotEmpty(wrong);
        return DoctorView.Render(DoctorReport.Of(wrong, facts.Programs), Terminal, default);
    }

    private static DoctorFacts Shell(SocketOwner listener, string? agent) =>
        Healthy.Facts with { Shell = Healthy.Facts.Shell with { Listener = listener, Agent = agent } };

    /// <summary>Below no login, but shown by one.</summary>
    private static DoctorFacts Pane(params string[] stale) => Healthy.Facts with
    {
        Shell = Healthy.Facts.Shell with { Ancestors = [5000, 900, 1], StaleVariables = stale },
        Daemon = Healthy.Facts.Daemon with { Environment = new EnvironmentReport { LoginPid = 4242, From = "203.0.113.7", Terminal = "pts/3", Variables = [] } },
    };

    private static DoctorFacts RefusedInFolder(Refusal reason) => Healthy.With(Healthy.WithoutForwarding.Daemon.Status! with
    {
        Refused = [.. RefusedReports.Of([new RefusedSocket("/home/al/.ssh/agent/s.abcdefghij.sshd.Xy9zzzzzzz", reason)], [], withCodes: true)],
    });

    private static DoctorFacts Rc(params RcFile[] files) => Healthy.Facts with { RcFiles = files };

    private static RcFile Login(params RcLine[] lines) => new("~/.bash_profile", IsEmpty: false, lines) { IsReadInstead = true };

    private static DoctorFacts Session(string file, int line, SessionLineKind kind, string? agent = null) =>
        Healthy.Facts with { SessionLines = [new SessionLine(new FileLine(file, line), kind, agent)] };

    private static DoctorFacts Git(GitSshFacts git) => Healthy.Facts with { GitSsh = git };

    private static DoctorFacts Ssh(MissingIdentity missing) => Healthy.Facts with { Ssh = Healthy.Facts.Ssh with { MissingIdentities = [missing] } };

    private static DoctorFacts Ssh(SshDirective identityAgent) => Healthy.Facts with { Ssh = Healthy.Facts.Ssh with { IdentityAgents = [identityAgent] } };

    private static DoctorFacts Listener(SocketListener listener) => Healthy.Facts with { Place = Healthy.Facts.Place with { Listener = listener } };

    private static DoctorFacts Unit(DaemonUnit unit) => Healthy.Facts with { Daemon = Healthy.Facts.Daemon with { Unit = unit } };

    private static DoctorFacts Tmux(SocketOwner listener, string? agent, int? index) =>
        Healthy.Facts with { Tmux = new TmuxFacts { Listener = listener, Agent = agent, UpdateIndex = index } };

    private static DoctorFacts Signing(AgentKeysReport keys) => Healthy.Facts with
    {
        Signing = new SigningFacts("~/.ssh/id_work.pub", "SHA256:wanted", IsOnDisk: false),
        Daemon = Healthy.Facts.Daemon with { Keys = new ListReport { Agents = [keys] } },
    };

    private static AgentKeysReport Key(string fingerprint) => new()
    {
        Agent = "203.0.113.7 (pts/3)",
        Answered = true,
        Keys = [new KeyReport { Type = "ssh-ed25519", Fingerprint = fingerprint, Comment = "al@laptop" }],
    };
}
