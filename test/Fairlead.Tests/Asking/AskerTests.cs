using System.Globalization;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Asking;

/// <summary>What is read of the program that wants a signature.</summary>
public sealed class AskerTests
{
    /// <summary>A chain of processes, each with the title that an argument names; the last says all their pids.</summary>
    private const string Chain = """
        my @pids;
        while (1) {
            $0 = shift @ARGV;
            push @pids, $$;
            last unless @ARGV;
            my $child = fork;
            if ($child) { waitpid $child, 0; exit }
        }
        print "@pids\n";
        <STDIN>;
        """;

    /// <summary>A shell that has a terminal, and a program in its foreground or not.</summary>
    private const string InTerminal = """
        use POSIX ();
        my ($terminal, $where) = @ARGV;
        POSIX::setsid();
        open(T, '+<', $terminal) or die;
        my $child = fork;
        if ($child) { waitpid $child, 0; exit }
        POSIX::setpgid(0, 0) if $where eq 'background';
        $0 = 'ssh';
        print getppid() . " $$\n";
        <STDIN>;
        """;

    /// <summary>A program by another name that runs a file whose name is its first word.</summary>
    private const string Errand = """
        my ($folder, $program, $word) = @ARGV;
        chdir $folder or die;
        exec { "$folder/$program" } $program, $word;
        """;

    private static readonly PolicyRule ForAll = new(new RuleConditions { Login = "al" }, 1) { Ask = AskChoice.EachTime };
    private static readonly PolicyRule BelowClaude = new(new RuleConditions { Under = "claude" }, 1) { Ask = AskChoice.EachTime };
    private static readonly PolicyRule WithVariable = new(new RuleConditions { Variable = "CLAUDECODE" }, 1) { Ask = AskChoice.EachTime };

    [Theory]
    [InlineData("foreground", true)]
    [InlineData("background", false)]
    public void A_program_is_asked_about_on_its_terminal_if_it_waits_in_the_foreground_there(string where, bool isAsked)
    {
        using var terminal = new PseudoTerminal();
        using var shell = Puppet.Start(InTerminal, [terminal.Path, where], []);
        int[] pids = PidsIn(shell.Hear());

        var asker = Asker.Read(IdentityOf(pids[1]), ForAll);

        Assert.Equal(isAsked ? terminal.Name : null, asker.Terminal);
        Assert.Equal(ProcessIdentity.Of(pids[0]), asker.Holder);
        Assert.Equal(("ssh", null), (asker.Caller.Command, asker.Errand));
    }

    /// <summary>What a rule is for can read its own terminal, and write there.</summary>
    [Fact]
    public void A_program_that_a_rule_names_and_another_host_are_not_asked_about_on_the_terminal()
    {
        using var terminal = new PseudoTerminal();
        using var shell = Puppet.Start(InTerminal, [terminal.Path, "foreground"], []);
        CallerIdentity identity = IdentityOf(PidsIn(shell.Hear())[1]);

        Assert.NotNull(Asker.Read(identity, ForAll).Terminal);
        Assert.Null(Asker.Read(identity, BelowClaude).Terminal);
        Assert.Null(Asker.Read(identity, WithVariable).Terminal);
        Assert.Null(Asker.Read(identity with { IsForwarded = true }, ForAll).Terminal);
    }

    [Fact]
    public void A_yes_goes_to_the_outermost_program_of_that_name()
    {
        using var chain = Puppet.Start(Chain, ["bash", "claude", "bash", "claude", "git", "ssh"], []);
        int[] pids = PidsIn(chain.Hear());

        Assert.Equal(ProcessIdentity.Of(pids[1]), Asker.Read(IdentityOf(pids[5]), BelowClaude).Holder);
        Assert.Null(Asker.Read(IdentityOf(pids[0]), BelowClaude).Holder);
    }

    [Theory]
    [InlineData("git", "push", "git push")]
    [InlineData("git", "fetch-pack", "git fetch-pack")]
    [InlineData("git", "abcdefghijklmnop", "git abcdefghijklmnop")]
    [InlineData("git", "abcdefghijklmnopq", "git")]
    [InlineData("git", "push (ssh 1) for al", "git")]
    [InlineData("git", "Push", "git")]
    [InlineData("git", "pull2", "git")]
    [InlineData("got", "push", null)]
    public void What_it_does_for_git_is_told_in_letters_only(string program, string word, string? errand)
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder[program], "/usr/bin/perl");
        File.WriteAllText(folder[word], "$| = 1; my $child = fork; if ($child) { waitpid $child, 0; exit } $0 = 'ssh'; print qq($$\\n); <STDIN>;");
        using var git = Puppet.Start(Errand, [folder.Path, program, word], []);

        Assert.Equal(errand, Asker.Read(IdentityOf(PidsIn(git.Hear())[0]), ForAll).Errand);
    }

    [Fact]
    public void An_option_of_git_is_not_told()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["git"], "/usr/bin/perl");
        const string program = "-e$| = 1; my $child = fork; if ($child) { waitpid $child, 0; exit } $0 = 'ssh'; print qq($$\\n); <STDIN>;";
        using var git = Puppet.Start(Errand, [folder.Path, "git", program], []);

        Assert.Equal("git", Asker.Read(IdentityOf(PidsIn(git.Hear())[0]), ForAll).Errand);
    }

    [Fact]
    public void Of_a_program_that_is_gone_no_more_than_its_pid_is_known()
    {
        int pid;
        ulong accepted;
        using (var gone = Puppet.Start("print qq(up\\n); <STDIN>", [], []))
        {
            Assert.Equal("up", gone.Hear());
            (pid, accepted) = (gone.Pid, BootClock.Ticks);
        }

        var asker = Asker.Read(new CallerIdentity(pid, accepted), BelowClaude);

        Assert.Equal((pid, null, null), (asker.Caller.Pid, asker.Caller.Command, asker.Holder));
        Assert.Equal((null, null), (asker.Errand, asker.Terminal));
    }

    private static CallerIdentity IdentityOf(int pid) => new(pid, BootClock.Ticks);

    private static int[] PidsIn(string? line) => [.. line!.Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
}
