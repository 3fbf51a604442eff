using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>
/// Callers that the daemon sees badly or not at all: root's, and those of other namespaces. What is known decides; where nothing is, anybody's agent
/// answers as for a caller without a terminal, and <c>why</c> says what could not be seen.
/// </summary>
public class HardToSeeTests
{
    private const string AsPerson = "setpriv --reuid=$(id -u) --regid=$(id -g) --clear-groups";

    [Theory]
    [InlineData("sudo -E ssh-add -L")]
    [InlineData("sudo su - $USER -c \"SSH_AUTH_SOCK=$SSH_AUTH_SOCK ssh-add -L\"")]
    [InlineData("sudo -E unshare --mount " + AsPerson + " ssh-add -L")]
    [InlineData("sudo -E unshare --pid --fork --mount-proc " + AsPerson + " ssh-add -L")]
    public async Task What_runs_below_a_login_belongs_to_it_whatever_stands_in_between(string command)
    {
        await using Stage stage = await Stage.Raise();
        stage.Keep(await SudoRight.Grant(stage.Person));
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        (int exitCode, string keys) = await sofa.Ask(command);

        Assert.Equal(0, exitCode);
        Assert.EndsWith("home-key", keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_a_hidden_process_the_login_is_not_known_and_why_says_so()
    {
        await using Stage stage = await Stage.Raise(surround: HiddenProcesses.Around);
        stage.Keep(await SudoRight.Grant(stage.Person));
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (int exitCode, string why) = await sofa.Ask("sudo su - $USER -c '~/.local/bin/fairlead why'");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"no\s+own login\s+this shell runs below process \d+, which is hidden here", why);
        Assert.Contains("no other login has an agent", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_id_of_a_container_names_nobody_outside()
    {
        await using Stage stage = await Stage.Raise();
        stage.Keep(await SudoRight.Grant(stage.Person));
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (int exitCode, string why) = await sofa.Ask($"sudo -E unshare --pid --fork --mount-proc {AsPerson} ~/.local/bin/fairlead why 1");

        Assert.Equal(1, exitCode);
        Assert.Equal("fairlead: you are in a different container from fairlead's: process ids mean other processes there\nhint: ~/.local/bin/fairlead why (for this shell)", why.ReplaceLineEndings("\n"));
    }

    /// <summary>The kernel names a process that is not below the daemon's pid namespace as 0; without --mount-proc, /proc is another namespace's, too.</summary>
    [Theory]
    [InlineData("--mount-proc")]
    [InlineData("--mount")]
    public async Task A_daemon_in_a_container_answers_those_outside_without_knowing_them(string option)
    {
        await using Stage stage = await Stage.Raise();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        Laptop home = await stage.AddLaptop("home");
        await agent.Add(home.Key);
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(
            stage, agent.Socket, command => new(["unshare", "--pid", "--fork", "--kill-child", option, .. command.Words]));
        await stage.Person.Write(".config/fairlead/config.toml", $"socket = \"{daemon.Socket}\"\n");

        Finished keys = await Invocation.Of("ssh-add", "-L").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run();
        Finished why = await stage.AsPerson(stage.Fairlead, "why");

        Assert.EndsWith("home-key\n", keys.Output, StringComparison.Ordinal);
        Assert.Equal(0, why.ExitCode);
        Assert.Contains("who asks: a process in another container\n", why.Output, StringComparison.Ordinal);
        Assert.Contains("fairlead cannot see this shell: it runs in another container", why.Output, StringComparison.Ordinal);
    }
}
