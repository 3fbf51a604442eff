using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Upgrades;

/// <summary>
/// Command and daemon of two versions: each verb answers, or says clearly what to do. test/upgrades.sh builds the older one and runs these; they are explicit,
/// for no other run has it.
/// </summary>
[Trait("When", "by hand")]
public class UpgradeTests
{
    /// <summary>With an agent there, each of them succeeds.</summary>
    public static TheoryData<string> Verbs =>
    [
        "status", "status --json", "why", "why --json", "list", "list --json", "path", "path --json", "env bash", "pin home", "unpin", "wait --timeout 5s",
        "exec --wait 5s -- true", "config", "init bash", "start", "completions bash", "help", "--version",
    ];

    [Theory(Explicit = true)]
    [MemberData(nameof(Verbs))]
    public async Task A_command_is_answered_by_an_older_daemon(string verb)
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(OlderBinary.Existing);
        await stage.Put(FairleadBinary.Existing);

        (int exitCode, string output) = await stage.Run(verb == "pin home" ? "pin 127.0.0.1" : verb);

        Assert.True(exitCode == 0, output);
        Assert.Equal("home-key", await stage.Login.KeySeenByWeb01());
    }

    /// <summary>An older command may not find a newer daemon at all; it says so, and its shells have an agent all the same.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Verbs))]
    public async Task An_older_command_is_answered_by_a_newer_daemon_or_says_that_it_finds_none(string verb)
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(FairleadBinary.Existing);
        await stage.Put(OlderBinary.Existing);

        (int exitCode, string output) = await stage.Run(verb == "pin home" ? "pin 127.0.0.1" : verb);

        Assert.True(exitCode == 0 || (exitCode == 3 && output.EndsWith("fairlead start", StringComparison.Ordinal)), $"{exitCode}\n{output}");
        Assert.Equal("home-key", await stage.Login.KeySeenByWeb01());
    }

    [Fact(Explicit = true)]
    public async Task A_restart_hands_an_older_daemon_s_sockets_over()
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(OlderBinary.Existing);
        await stage.Put(FairleadBinary.Existing);

        (int exitCode, string output) = await stage.Run("restart");

        Assert.True(exitCode == 0, output);
        Assert.Equal("home-key", await stage.Login.KeySeenByWeb01());
        Assert.DoesNotContain("older", (await stage.Run("doctor")).Output, StringComparison.Ordinal);
        Assert.Single(stage.Stage.DaemonProcesses());
    }

    /// <summary>Whoever goes back to an older version is told so, by the newer command that is still there, and the hint leads there.</summary>
    [Fact(Explicit = true)]
    public async Task A_restart_into_an_older_program_says_which_one_is_older_and_how_it_is_done()
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(FairleadBinary.Existing);
        string newer = stage.Stage.Person.InHome("newer");
        File.Copy(FairleadBinary.Existing, newer);
        await stage.Stage.Person.Own(newer, "755");
        await stage.Put(OlderBinary.Existing);

        (int exitCode, string refused) = await stage.Login.Ask($"{newer} restart 2>&1");

        Assert.Equal(1, exitCode);
        Assert.Contains("goes on serving, for the program on disk is", refused, StringComparison.Ordinal);
        Assert.Equal("home-key", await stage.Login.KeySeenByWeb01());
        (exitCode, string followed) = await stage.Follow(refused);
        Assert.True(exitCode == 0, $"{refused}\n{followed}");
        Assert.Equal(0, (await stage.Run("status")).ExitCode);
        Assert.Equal("home-key", await stage.Login.KeySeenByWeb01());
    }

    /// <summary>The older program knows nothing of the new daemon's place, and starts one of its own beside it.</summary>
    [Fact(Explicit = true)]
    public async Task A_second_daemon_that_an_older_command_has_started_is_named_and_ended()
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(FairleadBinary.Existing);
        await stage.Put(OlderBinary.Existing);
        await stage.Run("restart");
        await stage.Put(FairleadBinary.Existing);

        (int exitCode, string status) = await stage.Run("status");
        (int stopped, string said) = await stage.Run("stop");

        Assert.True(exitCode == 0, status);
        Assert.True(stopped == 0, said);
        Assert.DoesNotContain(
            AccountProcesses.Of(stage.Stage.Person.UserId),
            id => new FileInfo($"/proc/{id}/exe").LinkTarget?.StartsWith(stage.Stage.Fairlead, StringComparison.Ordinal) == true);
    }

    [Fact(Explicit = true)]
    public async Task A_newer_setup_takes_an_older_one_s_place_and_undoes_it()
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(OlderBinary.Existing);
        await stage.Run("setup --yes");
        await stage.Put(FairleadBinary.Existing);

        Assert.Equal(0, (await stage.Run("setup --yes")).ExitCode);
        Assert.Equal(0, (await stage.Run("setup --undo --yes")).ExitCode);
        Assert.False(Directory.Exists(stage.Stage.Person.InHome(".local/share")));
    }

    /// <summary>The manual stays, for the older program does not know of it; the newer one still does.</summary>
    [Fact(Explicit = true)]
    public async Task An_older_setup_undoes_what_it_knows_of_a_newer_one_s_and_the_newer_the_rest()
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(FairleadBinary.Existing);
        await stage.Run("setup --yes");
        await stage.Put(OlderBinary.Existing);

        Assert.Equal(0, (await stage.Run("setup --undo --yes")).ExitCode);
        await stage.Put(FairleadBinary.Existing);
        Assert.Equal(0, (await stage.Run("setup --undo --yes")).ExitCode);
        Assert.False(Directory.Exists(stage.Stage.Person.InHome(".local/share")));
    }

    /// <summary>What a shell has read stays in it while the program changes.</summary>
    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Completions_of_one_version_ask_the_other_without_a_word_on_the_screen(bool olderCompletions)
    {
        await using UpgradeStage stage = await UpgradeStage.Raise(olderCompletions ? OlderBinary.Existing : FairleadBinary.Existing);
        (await stage.Stage.AsPerson("sh", "-c", $"{stage.Stage.Fairlead} completions bash >~/completions")).Succeeded();
        await stage.Put(olderCompletions ? FairleadBinary.Existing : OlderBinary.Existing);

        Finished completed = await stage.Stage.AsPerson(
            "env", $"PATH={stage.Stage.Person.InHome(".local/bin")}:{Invocation.SearchPath}", "bash", "-c",
            ". ~/completions; for line in 'fairlead st' 'fairlead pin ' 'fairlead why '; do COMP_LINE=$line COMP_POINT=${#line}; read -ra COMP_WORDS <<<\"$line\"; [[ $line != *' ' ]] || COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _fairlead; printf '%s\\n' \"${COMPREPLY[@]}\"; done");

        Assert.Equal((0, ""), (completed.ExitCode, completed.Error));
        Assert.Contains("status\n", completed.Output, StringComparison.Ordinal);
    }
}
