using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>
/// ssh and <c>$(...)</c> wait until the last process that holds their pipe has closed it: a daemon that kept one would block the
/// person's shell for ever.
/// </summary>
public class DetachedStartTests
{
    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task A_login_that_started_the_daemon_ends_when_its_command_ends(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell, rcFile: shell == ShellKind.Zsh ? ".zshenv" : null);
        Laptop home = await stage.AddLaptop("home");

        Finished finished = await home.Ssh("-A", "gateway", "echo over").Run();

        Assert.Equal(("over\n", "", 0), (finished.Output, finished.Error, finished.ExitCode));
        Assert.Single(stage.DaemonProcesses());
    }

    [Fact]
    public async Task Start_over_ssh_and_in_a_substitution_returns_at_once()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Laptop home = await stage.AddLaptop("home");

        Finished first = await home.Ssh("-A", "gateway", $"{stage.Fairlead} start").Run();
        Assert.Equal(0, first.ExitCode);
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        Finished second = await home.Ssh("-A", "gateway", $"words=$({stage.Fairlead} start 2>&1); echo over").Run();
        Assert.Equal("over\n", second.Output);
        Assert.Single(stage.DaemonProcesses());
    }

    [Fact]
    public async Task A_person_who_started_the_daemon_can_log_out()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();

        await sofa.LogOut();

        Assert.Single(stage.DaemonProcesses());
    }

    [Fact]
    public async Task The_daemon_keeps_nothing_of_the_login_that_started_it()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);
        // An answer proves that its start is over, and with it the pipe by which it told its starter.
        (await stage.AsPerson(stage.Fairlead, "list")).Succeeded();
        string stat = await File.ReadAllTextAsync($"/proc/{daemon}/stat");
        string[] status = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        string environment = await File.ReadAllTextAsync($"/proc/{daemon}/environ");

        Assert.Equal("/", File.ResolveLinkTarget($"/proc/{daemon}/cwd", returnFinalTarget: false)!.FullName);
        // After the name: state, parent, group, session, terminal.
        Assert.Equal(daemon.ToString(), status[3]);
        Assert.Equal("0", status[4]);
        Assert.DoesNotContain("SSH_CONNECTION", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("SSH_AUTH_SOCK", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("TMUX", environment, StringComparison.Ordinal);
        string[] descriptors = [.. ProcessHandle.DescriptorsOf(daemon)];
        Assert.DoesNotContain(descriptors, target => target.StartsWith("/dev/pts/", StringComparison.Ordinal));
        // A pipe of its own has both its ends here; one that was inherited has its other end elsewhere.
        Assert.All(
            descriptors.Where(target => target.StartsWith("pipe:", StringComparison.Ordinal)).CountBy(pipe => pipe),
            pipe => Assert.Equal(2, pipe.Value));
        await sofa.LogOut();
    }

    /// <summary>A sandbox would hide from the person's only daemon what it must see.</summary>
    [Fact]
    public async Task A_shell_in_a_user_namespace_of_its_own_starts_no_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        (int exitCode, string said) = await sofa.Ask("unshare --user --map-current-user bash -ic 'echo in the sandbox'");

        Assert.Equal((0, "in the sandbox"), (exitCode, said));
        Assert.Empty(stage.DaemonProcesses());
    }
}
