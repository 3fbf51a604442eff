using System.CommandLine;
using System.Diagnostics;
using Fairlead.Commands;
using Fairlead.Completion;
using Fairlead.Shell;

namespace Fairlead.Tests.Completion;

/// <summary>What the tab key offers, asked of the shells themselves.</summary>
public sealed class CompletionTests
{
    private static readonly string[] Tried = ["bash", "zsh", "fish"];

    private static readonly (string Line, string[] Offered)[] Lines =
    [
        ("fairlead st", ["start", "status", "stop"]),
        ("fairlead --ver", ["--version"]),
        ("fairlead status --j", ["--json"]),
        ("fairlead why ", ["4711", "42"]),
        ("fairlead why --json 47", ["4711"]),
        ("fairlead pin 203", ["203.0.113.7"]),
        ("fairlead pin pts", ["pts/3"]),
        ("fairlead wait --timeout ", []),
        ("fairlead wait --ti", ["--timeout"]),
        ("fairlead daemon --config a", ["afile"]),
        ("fairlead exec cat a", ["afile"]),
        ("fairlead init zs", ["zsh"]),
        ("fairlead init -- zs", ["zsh"]),
        ("fairlead completions pw", ["pwsh"]),
        ("fairlead help wh", ["why"]),
        ("fairlead deploy we", ["web01", "web02"]),
        ("fairlead deploy --check web01 --jobs 4 we", ["web01", "web02"]),
        ("fairlead deploy web01 --sy", ["--systemd"]),
        ("fairlead frobnicate ", []),
    ];

    public static TheoryData<string, string, string[]> LinesOfEachShell()
    {
        var data = new TheoryData<string, string, string[]>();
        foreach (string shell in Tried)
        {
            foreach ((string line, string[] offered) in Lines)
            {
                data.Add(shell, line, offered);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(LinesOfEachShell))]
    public void The_tab_key_offers_what_fits(string shell, string line, string[] offered)
    {
        using var completing = new CompletingShell(shell);

        Assert.Equal(offered.Order(), completing.Offer(line).Order());
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void A_command_that_exec_runs_is_completed_as_it_would_be_alone(string shell)
    {
        using var completing = new CompletingShell(shell);

        Assert.Equal(["start", "status"], completing.Offer("fairlead exec --wait 8h -- fairlead sta").Order());
    }

    [Fact]
    public void In_bash_a_command_that_exec_runs_is_left_to_bash_completion()
    {
        using var completing = new CompletingShell("bash");

        Assert.Equal(["word 5 of git pu"], completing.Offer("fairlead exec --wait 8h -- git pu", "_command_offset() { COMPREPLY=(\"word $1 of ${COMP_WORDS[*]:$1}\"); }"));
        Assert.Contains("cat", completing.Offer("fairlead exec ca"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Every_command_is_offered(string shell)
    {
        using var completing = new CompletingShell(shell);

        Assert.Equal(
            CommandTree.Build().Subcommands.Where(command => !command.Hidden).Select(command => command.Name).Order(),
            completing.Offer("fairlead ").Where(word => word[0] != '-').Order());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Without_fairlead_nothing_is_offered_and_nothing_said(string shell)
    {
        using var completing = new CompletingShell(shell);
        completing.RemoveProgram();

        Assert.DoesNotContain(completing.Offer("fairlead pin "), word => word[0] != '-');
    }

    [Theory]
    [InlineData("fairlead pin 2001:d", "db8::7")]
    [InlineData("fairlead pin my", @"my\ agent")]
    public void Bash_gets_what_it_puts_in_place_of_the_last_part_of_a_word(string line, string offered)
    {
        using var completing = new CompletingShell("bash");

        Assert.Equal([offered], completing.Offer(line));
    }

    [Fact]
    public void Zsh_knows_it_as_well_when_its_code_is_evaluated()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["code"], Script("zsh"));

        Assert.Equal("_fairlead\n", Run("zsh", "-f", "-c", $"autoload -Uz compinit; compinit -u -D; eval \"$(<{folder["code"]})\"; print $_comps[fairlead]"));
    }

    [Fact]
    public void Shellcheck_and_fish_indent_have_nothing_to_say()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["bash"], Script("bash"));
        File.WriteAllText(folder["fish"], Script("fish"));

        Assert.Equal("", Run("shellcheck", "--enable=all", "--shell=bash", folder["bash"]));
        Assert.Equal("", Run("fish_indent", "--check", folder["fish"]));
    }

    [Fact]
    public void The_code_for_PowerShell_is_the_one_that_was_read() => Snapshot.Matches("completions.pwsh", PwshGrammar.Write(Sample()));

    [Fact]
    public void A_shell_that_takes_no_words_of_its_own_takes_those_of_init()
    {
        var env = new Command("env") { new Argument<string>("shell") { HelpName = "SHELL" } };

        Assert.Equal(Shells.All.Select(shell => shell.Name), CompletedCommand.Of(env).Arguments[0].Words);
    }

    [Fact]
    public void What_is_hidden_is_not_offered() =>
        Assert.All(CompletionScript.All, shell => Assert.DoesNotContain("LIST", Script(shell.Name), StringComparison.Ordinal));

    /// <summary>One of each kind.</summary>
    private static CompletedCommand Sample()
    {
        var root = new RootCommand("what it's for");
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(new Command("pin", "let one agent answer")
        {
            new Argument<string>("agent") { HelpName = "AGENT" },
            new Option<bool>("--json", "-j") { Description = "print JSON" },
        });
        root.Add(new Command("daemon", "run it")
        {
            new Option<string>("--config") { HelpName = "FILE", Description = "read this" },
            new Argument<string>("shell") { HelpName = "SHELL" },
        });
        return CompletedCommand.Of(root);
    }

    private static string Script(string shell) => CompletionScript.Find(shell)!.For(CompletedCommand.Of(CommandTree.Build()));

    /// <summary>What a program says, on either stream.</summary>
    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
    }
}
