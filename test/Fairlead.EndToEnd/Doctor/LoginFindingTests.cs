using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

/// <summary>A login without an agent, and agents that cannot be used.</summary>
public class LoginFindingTests
{
    [Fact]
    public async Task A_login_without_forwarding_is_told_what_to_type_at_home()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");

        Diagnosis alone = await Diagnosis.Through(home, stage, "-a");
        await (await stage.AddLaptop("work")).LogIn();
        Diagnosis beside = await Diagnosis.Through(home, stage, "-a");

        Assert.Equal(("problem", "ssh -A HOST"), (alone.The("this login").Verdict, alone.The("this login").Fix));
        Assert.Equal("warning", beside.The("this login").Verdict);
    }

    [Fact]
    public async Task A_connection_that_was_opened_without_forwarding_is_to_be_ended_first()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        string master = Path.Combine(stage.Folder, "master");
        (await home.Ssh("-a", "-f", "-N", "-M", "-S", master, "gateway").Run()).Succeeded();
        await home.LogInThrough(master);
        Login chair = await home.LogInThrough(master);

        Finding found = (await Diagnosis.In(chair, stage)).The("this login");
        (await home.Ssh("-S", master, "-O", "exit", "gateway").Run()).Succeeded();

        Assert.Equal(("problem", "ssh -O exit HOST; ssh -A HOST"), (found.Verdict, found.Fix));
    }

    [Fact]
    public async Task A_key_that_may_not_forward_is_found_in_authorized_keys()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        string line = $"no-agent-forwarding {home.Key.Public}\n";
        await File.WriteAllTextAsync(stage.Gateway.AuthorizedKeys, line);
        await stage.Person.Write(".ssh/authorized_keys", line, "600");

        Finding found = (await Diagnosis.Through(home, stage)).The("this login");

        Assert.Equal(("problem", "${EDITOR:-vi} +1 ~/.ssh/authorized_keys"), (found.Verdict, found.Fix));
    }

    /// <summary>Not the usual file: the one that the server was started with, which forbids it for the logins from here on.</summary>
    [Fact]
    public async Task The_configuration_of_the_server_that_serves_this_login_is_read()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        string settings = Path.Combine(stage.Gateway.Folder, "sshd_config");
        int lines = (await File.ReadAllLinesAsync(settings)).Length;
        await File.AppendAllTextAsync(settings, "\nAllowAgentForwarding no\n");

        Finding found = (await Diagnosis.Through(home, stage, "-a")).The("this login");

        Assert.StartsWith($"{settings}:{lines + 1} says AllowAgentForwarding no", found.Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_logins_that_others_may_write_to_is_closed_by_the_line_that_is_named()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn(SocketLayout.HomeFolder);
        await sofa.Ask($"{stage.Fairlead} stop; chmod 777 ~/.ssh/agent; {stage.Fairlead} start");

        Finding found = (await Diagnosis.In(sofa, stage)).The("agents");
        Assert.Equal("problem", found.Verdict);
        string status = (await sofa.Ask($"{stage.Fairlead} status")).Output;
        Assert.Single(status.Split('\n'), line => line.StartsWith($"x {stage.Person.InHome(".ssh/agent/")}", StringComparison.Ordinal));
        await sofa.Ask(found.Fix);

        Assert.DoesNotContain((await Diagnosis.In(sofa, stage)).Wrong, wrong => wrong.Check == "agents");
    }

    [Fact]
    public async Task An_agent_that_is_stalled_is_named_with_the_login_to_end()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[patience]\nawake = \"1s\"\n"); // the kernel of a stopped client acknowledges for it
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        string client = (await sofa.Window.ForegroundProcess()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await Invocation.Of("kill", "-STOP", client).Run()).Succeeded();

        Finding found = (await Diagnosis.Outside(stage, $"SSH_AUTH_SOCK={stage.StableSocket}")).The("agents");
        (await Invocation.Of("kill", "-CONT", client).Run()).Succeeded();

        Assert.EndsWith("is stalled", found.Message, StringComparison.Ordinal);
        Assert.Matches(@"^kill \d+$", found.Fix);
    }

    [Fact]
    public async Task A_way_that_leads_back_here_is_named()
    {
        await using Stage stage = await Stage.Raise();
        await stage.NameGatewayOnItself();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        await sofa.Window.Type("ssh -A gateway");
        await sofa.Window.Expect(System.Text.RegularExpressions.Regex.Escape(Shell.Prompt));
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        Finding found = (await Diagnosis.In(sofa, stage)).The("agents");

        Assert.Equal("warning", found.Verdict);
        Assert.EndsWith("it leads back to fairlead", found.Message, StringComparison.Ordinal);
    }
}
