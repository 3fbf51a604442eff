using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>
/// Shells that run as somebody else, or with somebody else's home. What matters is that the variable is right or untouched, that
/// the shell says nothing and ends well, and that root leaves no file in the person's home.
/// </summary>
public class PrivilegeChangeTests
{
    private const string Show = "echo \"sock=${SSH_AUTH_SOCK-unset}\"";

    [Theory]
    [InlineData("sudo -i sh -c '" + Show + "'")]
    [InlineData("sudo -i bash -lc '" + Show + "'")]
    [InlineData("sudo sh -c '" + Show + "'")]
    [InlineData("sudo su - -c '" + Show + "'")]
    public async Task Root_with_an_environment_of_its_own_is_left_alone(string command)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await LogInWithSudo(stage);

        Assert.Equal((0, "sock=unset"), await sofa.Ask(command));

        await NothingOfRootIsInHome(stage);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Theory]
    [InlineData("sudo -E bash -c '. ~/.bashrc; " + Show + "'")]
    [InlineData("sudo -E bash -ic '" + Show + "'")]
    [InlineData("sudo -E bash -lc '" + Show + "'")]
    [InlineData("sudo -E su -m -c 'bash -ic \"" + "echo sock=\\$SSH_AUTH_SOCK" + "\"'")]
    [InlineData("sudo -E zsh -ic '. ~/.bashrc; " + Show + "'")]
    public async Task Root_with_the_persons_home_uses_their_socket_and_makes_nothing(string command)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await LogInWithSudo(stage);

        Assert.Equal((0, $"sock={stage.StableSocket}"), await sofa.Ask(command));

        await NothingOfRootIsInHome(stage);
        Assert.Single(stage.DaemonProcesses());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task Root_with_the_persons_home_starts_nothing_where_no_daemon_runs()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await LogInWithSudo(stage);
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        (int exitCode, string output) = await sofa.Ask("sudo -E bash -ic '" + Show + "'");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("sock=", output, StringComparison.Ordinal);
        await NothingOfRootIsInHome(stage);
        Assert.Empty(stage.DaemonProcesses());
        Finished byRoot = await Invocation.Of("find", "/root/.ssh/fairlead", "-newer", stage.Folder).Run();
        Assert.Equal("", byRoot.Output);
    }

    [Theory]
    [InlineData("sudo -u OTHER -i bash -lc '" + Show + "'")]
    [InlineData("sudo su - OTHER -c '" + Show + "'")]
    public async Task Another_person_below_this_login_gets_their_own_path_or_none(string command)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await LogInWithSudo(stage);
        Account other = await stage.AddAccount();
        await stage.Furnish(other, Cure.Fairlead, ".bashrc");
        string own = stage.StableSocket.Replace(stage.Person.Home, other.Home, StringComparison.Ordinal);

        (int exitCode, string output) = await sofa.Ask(command.Replace("OTHER", other.Name, StringComparison.Ordinal));

        Assert.Equal(0, exitCode);
        Assert.Contains(output, new[] { "sock=unset", $"sock={own}" });
        Finished strange = await Invocation.Of("find", other.Home, "!", "-user", other.Name).Run();
        Assert.Equal("", strange.Output);
    }

    [Theory]
    [InlineData("/bin/sh -c", "unset")]
    [InlineData("/bin/bash -c", "unset")]
    [InlineData("/bin/bash -lc", "unset|stable")]
    [InlineData("/bin/bash -ic", "unset|stable")]
    [InlineData("/bin/zsh -c", "unset")]
    public async Task A_job_of_cron_is_left_alone_and_starts_no_daemon(string shell, string allowed)
    {
        await using Stage stage = await Stage.Raise();

        Finished job = await Invocation.Of([.. shell.Split(' '), Show]).As(stage.Person).Run();

        Assert.Equal(0, job.ExitCode);
        Assert.Contains(job.Output.Replace(stage.StableSocket, "stable").Trim(), allowed.Split('|').Select(value => $"sock={value}"));
        Assert.Empty(stage.DaemonProcesses());
    }

    [Fact]
    public async Task Su_to_the_person_without_any_ssh_login_is_right_or_untouched()
    {
        await using Stage stage = await Stage.Raise();

        Finished shell = await Invocation.Of("su", "-", stage.Person.Name, "-c", Show).WithOnly().Run();

        Assert.Equal((0, ""), (shell.ExitCode, shell.Error));
        Assert.Contains(shell.Output, new[] { "sock=unset\n", $"sock={stage.StableSocket}\n" });
    }

    [Theory]
    [InlineData("sh -c '" + Show + "'")]
    [InlineData("sh -euc '" + Show + "'")]
    [InlineData("bash -euc '. ~/.bashrc; " + Show + "'")]
    [InlineData("bash -euc '. ~/.bashrc; . ~/.bashrc; " + Show + "'")]
    [InlineData("zsh -euc '. ~/.bashrc; " + Show + "'")]
    public async Task A_plain_shell_below_the_login_keeps_the_path_also_under_strict_options(string command)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();

        Assert.Equal((0, $"sock={stage.StableSocket}"), await sofa.Ask(command));
    }

    private static async Task<Login> LogInWithSudo(Stage stage)
    {
        stage.Keep(await SudoRight.Grant(stage.Person));
        Laptop home = await stage.AddLaptop("home");
        return await home.LogIn();
    }

    private static async Task NothingOfRootIsInHome(Stage stage)
    {
        Finished found = await Invocation.Of("find", stage.Person.Home, "!", "-user", stage.Person.Name).Run();
        Assert.Equal("", found.Output);
    }
}
