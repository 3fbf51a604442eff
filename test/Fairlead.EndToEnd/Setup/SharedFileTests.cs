using System.Text.Json.Nodes;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Setup;

/// <summary>The manual and the completions that setup puts where man and the shells look.</summary>
public class SharedFileTests
{
    private const string Completion = ".local/share/bash-completion/completions/fairlead";

    [Fact]
    public async Task Man_finds_the_manual_beside_the_program()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();

        Finished found = (await stage.AsPerson("env", $"PATH={stage.Person.InHome(".local/bin")}:{Invocation.SearchPath}", "man", "-w", "fairlead", "fairlead.toml")).Succeeded();

        Assert.Equal([stage.Person.InHome(".local/share/man/man1/fairlead.1"), stage.Person.InHome(".local/share/man/man5/fairlead.toml.5")], found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("bash", ". /usr/share/bash-completion/bash_completion; _completion_loader fairlead; complete -p fairlead", "complete -F _fairlead fairlead")]
    [InlineData("zsh", "fpath=(~/.local/share/zsh/site-functions $fpath); autoload -Uz compinit; compinit -D -u; print $_comps[fairlead]", "_fairlead")]
    [InlineData("fish", "complete -C 'fairlead setu' | string split -f 1 \\t", "setup")]
    public async Task The_shells_find_the_completions(string shell, string question, string answer)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();

        Finished said = await stage.AsPerson("env", $"PATH={stage.Person.InHome(".local/bin")}:{Invocation.SearchPath}", shell, "-c", question);

        Assert.Equal((answer + "\n", ""), (said.Output, said.Error));
    }

    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    [InlineData(ShellKind.Sh)]
    [InlineData(ShellKind.Ksh)]
    [InlineData(ShellKind.Tcsh)]
    internal async Task A_second_setup_finds_nothing_to_do(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell, cure: Cure.None);
        await stage.Install();

        Assert.Equal((1, false, false), await Setup(stage, "--check"));
        Assert.Equal((0, true, true), await Setup(stage, "--yes"));
        Assert.Equal((0, false, true), await Setup(stage, "--yes"));
        Assert.Equal((0, false, true), await Setup(stage, "--check"));
        Assert.Equal((0, false, true), await Setup(stage));
        Assert.Equal((1, false, false), await Setup(stage, "--undo"));
        Assert.Equal((0, true, true), await Setup(stage, "--undo", "--yes"));
        Assert.Equal((0, false, true), await Setup(stage, "--undo", "--yes"));
    }

    [Fact]
    public async Task What_the_person_has_changed_stays_and_all_else_goes()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();
        await File.AppendAllTextAsync(stage.Person.InHome(Completion), "# mine\n");

        string left = $"{stage.Person.InHome(Completion)} has been changed since setup made it; left unchanged\n";
        Assert.Contains(left, (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains(left, (await stage.AsPerson(stage.Fairlead, "setup", "--undo", "--yes")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal([stage.Person.InHome(Completion)], Directory.GetFiles(stage.Person.InHome(".local/share"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_program_outside_the_home_has_its_own()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        string program = Path.Combine(stage.Folder, "fairlead");
        File.Copy(FairleadBinary.Existing, program);
        File.SetUnixFileMode(stage.Folder, File.GetUnixFileMode(stage.Folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        (await stage.AsPerson(program, "setup", "--yes")).Succeeded();

        Assert.Contains(program, await File.ReadAllTextAsync(stage.Person.InHome(".bashrc")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(stage.Person.InHome(".local")));
    }

    /// <summary>All 23 pages need one line.</summary>
    [Fact]
    public async Task A_folder_that_may_not_be_written_to_is_told_of_once()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await stage.Person.Write(".local/share/man/empty", "");
        await stage.Person.Own(stage.Person.InHome(".local/share/man"), "555");

        Finished done = await stage.AsPerson(stage.Fairlead, "setup", "--yes");

        Assert.Equal(1, done.ExitCode);
        Assert.Matches("^fairlead: \\S+[.]1 cannot be made: permission denied, and neither can [0-9]+ more in \\S+/man\nhint: ~/.local/bin/fairlead setup\n$", done.Error);
        Assert.True(File.Exists(stage.Person.InHome(Completion)));
    }

    private static async Task<(int ExitCode, bool Changed, bool Complete)> Setup(Stage stage, params string[] options)
    {
        Finished done = await stage.AsPerson([stage.Fairlead, "setup", "--json", .. options]);
        JsonNode report = JsonNode.Parse(done.Output)!;
        Assert.Equal(1, (int)report["version"]!);
        return (done.ExitCode, (bool)report["changed"]!, (bool)report["complete"]!);
    }
}
