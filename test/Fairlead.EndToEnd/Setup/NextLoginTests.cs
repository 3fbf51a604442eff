using System.Diagnostics;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Setup;

/// <summary>What setup says of the next login, and that it is so.</summary>
public class NextLoginTests
{
    /// <summary>Of these only bash has ~/.local/bin in its PATH on Debian, and only through ~/.profile.</summary>
    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    [InlineData(ShellKind.Ksh)]
    internal async Task The_next_login_finds_fairlead_in_its_PATH(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell, cure: Cure.None);
        await stage.Install();
        File.Delete(stage.Person.InHome(".profile"));
        Laptop laptop = await stage.AddLaptop("home");
        string said = (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded().Output;
        Assert.Contains("From your next login on, 'fairlead' will be in your PATH.", said, StringComparison.Ordinal);

        Login login = await laptop.LogIn();

        Assert.Equal(0, (await login.Ask("fairlead --version")).ExitCode);
    }

    /// <summary>Debian's ~/.profile adds ~/.local/bin where it finds it.</summary>
    [Fact]
    public async Task The_folder_that_Debian_s_profile_looks_for_is_there_by_then()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        File.Delete(stage.Person.InHome(".bash_profile"));

        Assert.Contains("From your next login on, 'fairlead' will be in your PATH. Until then, type ~/.local/bin/fairlead\n", (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded().Output, StringComparison.Ordinal);
    }

    /// <summary>Nothing is waited for long, and nothing is left.</summary>
    [Theory]
    [InlineData("sleep 1000")]
    [InlineData("sleep 1000 & sleep 1001")]
    [InlineData("exec tmux new-session -A -s main")]
    [InlineData("tmux attach || tmux new; exit")]
    [InlineData("exec screen -xRR")]
    [InlineData("read -r answer; exec cat")]
    [InlineData("read -r answer </dev/tty; yes")]
    [InlineData("exit 3")]
    public async Task An_rc_file_that_goes_its_own_way_keeps_nobody_waiting(string code)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await stage.Person.Write(".bash_profile", code + "\n");
        long began = Stopwatch.GetTimestamp();

        Finished done = (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();

        Assert.Contains("your login shell did not say", done.Output, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), $"it took {Stopwatch.GetElapsedTime(began)}");
        Assert.Empty(AccountProcesses.Of(stage.Person.UserId));
    }

    [Fact]
    public async Task What_rc_files_print_and_what_logout_files_do_changes_nothing()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await stage.Person.Write(".bash_profile", "echo PATH=/nowhere; echo Welcome >&2; PATH=~/.local/bin:$PATH\n");
        await stage.Person.Write(".bash_logout", "touch ~/left\n");

        Finished done = (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();

        Assert.Contains("From your next login on, 'fairlead' will be in your PATH. Until then, type ~/.local/bin/fairlead\n", done.Output, StringComparison.Ordinal);
        Assert.Equal((false, ""), (File.Exists(stage.Person.InHome("left")), done.Error));
    }

    [Fact]
    public async Task Who_only_looks_starts_no_login_shell()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await stage.Person.Write(".bash_profile", "touch ~/started\n");

        Assert.Equal(1, (await stage.AsPerson(stage.Fairlead, "setup", "--check")).ExitCode);
        Assert.False(File.Exists(stage.Person.InHome("started")));
    }
}
