using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Output;
using Fairlead.Setup;
using Fairlead.Shell;

namespace Fairlead.Tests.Setup;

/// <summary>The plan as a person reads it.</summary>
public sealed class SetupPlanTests
{
    private const string Old = "/home/al/.ssh/ssh_auth_sock";

    private static readonly SetupFacts Blank = SetupScene.Facts;
    private static readonly SetupFacts Linked = Blank with { Link = new LinkFacts(Old, FileKind.SymbolicLink, "/tmp/ssh-Xq2/agent.811") };
    private static readonly SetupFacts Recipe = SetupScene.With(
        (".bashrc", "a\nln -sf \"$SSH_AUTH_SOCK\" ~/.ssh/ssh_auth_sock\n"), (".ssh/rc", "ln -sf \"$SSH_AUTH_SOCK\" ~/.ssh/ssh_auth_sock\n"));

    private static readonly Dictionary<string, (SetupFacts Facts, bool WithSystemd)> Plans = new()
    {
        ["first"] = (SetupScene.With((".profile", "mine\n")), false),
        ["recipe"] = (Recipe, false),
        ["recipe-and-link"] = (Recipe with { Link = Linked.Link }, false),
        ["link-new"] = (Blank with { Link = new LinkFacts(Old, null) }, false),
        ["systemd"] = (Blank with { SystemdRuns = true }, true),
        ["systemd-elsewhere"] = (Blank, true),
        ["unreadable"] = (Blank with { Files = new Dictionary<string, RcText> { ["/home/al/.bashrc"] = new(null, -Errno.EACCES) } }, false),
        ["by-hand"] = (SetupScene.With((".bashrc", "if [ -x ~/.local/bin/fairlead ]; then eval \"$(~/.local/bin/fairlead init bash)\"; fi\n")), false),
        ["refreshing"] = (SetupScene.With((".bashrc", Refreshing("/home/al/.local/bin/fairlead"))), false),
        ["refreshing-moved"] = (SetupScene.With((".bashrc", Refreshing("/opt/old/fairlead"))), false),
        ["in-home"] = (InHome, false),
        ["in-home-zsh"] = (InHome with { LoginShell = "zsh" }, false),
        ["in-home-fish"] = (InHome with { LoginShell = "fish" }, false),
        ["all-there"] = (AllThere() with { SystemdRuns = true, SystemdListens = true }, true),
    };

    public static TheoryData<string> Names => [.. Plans.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_was_read_aloud(string name)
    {
        (SetupPlan? plan, Failure? failure) = SetupPlanner.Plan(Plans[name].Facts, Plans[name].WithSystemd);

        Assert.Null(failure);
        Snapshot.Matches($"plan-{name}.txt", plan!.ToString());
    }

    [Theory]
    [InlineData("if [ -d \"$HOME/.local/bin\" ]; then PATH=\"$HOME/.local/bin:$PATH\"; fi\n", null, false)] // Debian's ~/.profile
    [InlineData("mine\n", null, true)]
    [InlineData("mine\n", "/home/al/.local/bin/fairlead", false)]
    public void The_PATH_gets_the_folder_where_nothing_else_puts_it_there(string profile, string? found, bool needs)
    {
        SetupFacts facts = SetupScene.With((".profile", profile)) with { ProgramIsInHome = true, Found = found };

        Assert.Equal(needs, RcSteps.NeedsPath(facts, Shells.Bash));
        Assert.Equal(needs, SetupPlanner.Plan(facts, withSystemd: false).Plan!.Steps.First().Content.Contains("PATH=${PATH:+", StringComparison.Ordinal));
    }

    /// <summary>Debian's ~/.profile adds the folder for bash and sh; zsh and fish never read it.</summary>
    [Fact]
    public void What_a_shell_does_not_read_does_not_count()
    {
        SetupFacts facts = SetupScene.With((".profile", "PATH=\"$HOME/.local/bin:$PATH\"\n")) with { ProgramIsInHome = true };

        Assert.Equal(["bash", "sh", "ksh"], Shells.All.Where(shell => !RcSteps.NeedsPath(facts, shell)).Select(shell => shell.ToString()));
    }

    /// <summary>From the next login on the PATH has the folder because of the line: it stays.</summary>
    [Fact]
    public void A_line_that_adds_to_the_PATH_is_kept_when_setup_runs_again()
    {
        SetupFacts facts = SetupScene.With((".profile", "mine\n")) with { ProgramIsInHome = true };
        var files = SetupPlanner.Plan(facts, withSystemd: false).Plan!.Steps.Where(step => step.Action == SetupAction.Write)
            .ToDictionary(step => step.Path, step => new RcText(step.Content, Identity: new FileIdentity(1, (ulong)step.Path.Length)));

        Assert.False(SetupPlanner.Plan(facts with { Files = files, Found = facts.Program }, withSystemd: false).Plan!.ChangesSomething);
        Assert.All(files.Values, file => Assert.DoesNotContain("fairlead", RcBlock.Remove(file.Text!), StringComparison.Ordinal));
    }

    /// <summary>As setup writes it, and a person has added the option.</summary>
    private static string Refreshing(string program) =>
        RcBlock.AddFirst("mine\n", ShellLines.Written(Shells.Bash, program).RcLine.Replace("init bash", "init bash --refresh-env", StringComparison.Ordinal));

    [Fact]
    public void So_was_the_way_back() => Snapshot.Matches("plan-undo.txt", SetupPlanner.PlanUndo(AllThere() with { SystemdRuns = true }).ToString());

    [Theory]
    [InlineData("bash", "'unset SSH_AUTH_SOCK'")]
    [InlineData("fish", "'set -e SSH_AUTH_SOCK'")]
    [InlineData("a shell of another kind", "'unset SSH_AUTH_SOCK'")]
    public void What_open_shells_have_afterwards_is_said_in_the_words_of_the_shell(string shell, string command)
    {
        SetupFacts facts = Blank with { LoginShell = shell, DaemonFiles = [new DaemonFiles("/home/al/.ssh/fairlead", ["/home/al/.ssh/fairlead/gw.sock"], null)] };

        Assert.Contains(SetupPlanner.PlanUndo(facts).Notes, note => note.Contains($"To have an agent, log in again. {command} in such a shell", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_all_is_there_nothing_is_to_be_done() => Assert.False(Plan("all-there").ChangesSomething);

    [Fact]
    public void Where_nothing_is_there_nothing_is_to_be_undone()
    {
        SetupPlan plan = SetupPlanner.PlanUndo(SetupScene.With((".bashrc", "mine\n")));

        Assert.Equal((false, ""), (plan.ChangesSomething, plan.ToString()));
    }

    [Fact]
    public void A_unit_that_has_changed_is_written_and_read_again() =>
        Assert.Equal(
            [SetupAction.Nothing, SetupAction.Write, SetupAction.Nothing, SetupAction.Reload, SetupAction.Nothing],
            SetupPlanner.Plan(
                AllThere() with { SystemdRuns = true, SystemdListens = true, Socket = "/other/gw.sock", Link = new LinkFacts(Old, FileKind.SymbolicLink, "/other/gw.sock") },
                withSystemd: true).Plan!.Steps.Select(step => step.Action));

    [Theory]
    [InlineData(FileKind.Regular)]
    [InlineData(FileKind.Directory)]
    [InlineData(FileKind.Socket)]
    public void What_is_no_link_is_not_replaced_by_one(object kind)
    {
        (SetupPlan? plan, Failure? failure) = SetupPlanner.Plan(Blank with { Link = new LinkFacts(Old, (FileKind)kind) }, withSystemd: false);

        Assert.Null(plan);
        Assert.Equal($"fairlead: {Old} is not a symbolic link; left unchanged\nhint: ls -l {Old}\n", failure!.ToString());
    }

    [Fact]
    public void The_socket_is_no_link_to_itself() =>
        Assert.NotNull(SetupPlanner.Plan(Blank with { Link = new LinkFacts(Blank.Socket!, null) }, withSystemd: false).Failure);

    /// <summary>The line does not need it.</summary>
    [Fact]
    public void Without_a_place_for_the_socket_there_are_no_units_and_no_links()
    {
        var noPlace = new Failure(ExitCode.Failed, "no place for the socket");
        SetupFacts facts = Linked with { Socket = null, NoPlace = noPlace };

        Assert.Equal(noPlace, SetupPlanner.Plan(facts, withSystemd: false).Failure);
        Assert.Equal(noPlace, SetupPlanner.Plan(facts with { Link = null }, withSystemd: true).Failure);
        Assert.Null(SetupPlanner.Plan(facts with { Link = null }, withSystemd: false).Failure);
    }

    /// <summary>The line would name /proc/self/exe, which is another program in each process.</summary>
    [Fact]
    public void A_program_whose_file_is_gone_writes_no_line() =>
        Assert.NotNull(SetupPlanner.Plan(Blank with { Program = "/proc/self/exe" }, withSystemd: false).Failure);

    [Fact]
    public void A_link_that_leads_elsewhere_by_now_is_not_removed()
    {
        SetupFacts facts = Blank with { MadeLinks = [new LinkFacts(Old, FileKind.SymbolicLink, "/elsewhere"), new LinkFacts("/home/al/gone", null)] };

        Assert.Empty(SetupPlanner.PlanUndo(facts).Steps);
    }

    private static SetupFacts InHome => Blank with
    {
        ProgramIsInHome = true,
        Programs = ["/home/al/.local/bin/fairlead"],
        Shared =
        [
            new SharedFile("/home/al/.local/share/man/man1/fairlead.1", Seal.Put("a page\n", ".\\\"")),
            new SharedFile("/home/al/.local/share/man/man1/fairlead-why.1", Seal.Put("a page\n", ".\\\"")),
            new SharedFile("/home/al/.local/share/bash-completion/completions/fairlead", Seal.Put("code\n", "#")),
        ],
    };

    private static SetupPlan Plan(string name) => SetupPlanner.Plan(Plans[name].Facts, Plans[name].WithSystemd).Plan!;

    /// <summary>What is there after a plan with everything has been carried out.</summary>
    private static SetupFacts AllThere()
    {
        SetupFacts facts = Linked with { Link = Linked.Link! with { Target = Blank.Socket } };
        return facts with
        {
            Files = SetupPlanner.Plan(facts, withSystemd: true).Plan!.Steps.Where(step => step.Action == SetupAction.Write)
                .ToDictionary(step => step.Path, step => new RcText(step.Content, Identity: new FileIdentity(1, (ulong)step.Path.Length))),
            MadeLinks = [facts.Link],
            LinkLists = ["/home/al/.local/state/fairlead/gw/links"],
        };
    }
}
