using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

/// <summary>What can be wrong with a shell and its files, broken for real, found, and mended by the line that doctor names.</summary>
public class ShellFindingTests
{
    private const string Recipe = "if [ -S \"$SSH_AUTH_SOCK\" ]; then ln -sf \"$SSH_AUTH_SOCK\" ~/.ssh/agent-link; fi\nexport SSH_AUTH_SOCK=~/.ssh/agent-link\n";

    [Theory]
    [InlineData("export SSH_AUTH_SOCK=/tmp/ssh-gone/agent.1", "stale")]
    [InlineData("unset SSH_AUTH_SOCK", "not set")]
    public async Task A_shell_that_lost_the_path_gets_it_back(string broken, string said)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await sofa.Ask(broken);

        Finding found = (await Diagnosis.In(sofa, stage)).The("this shell");
        Assert.Equal("problem", found.Verdict);
        Assert.Contains(said, found.Message, StringComparison.Ordinal);
        await sofa.Ask(found.Fix);

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Empty((await Diagnosis.In(sofa, stage)).Wrong);
    }

    [Fact]
    public async Task Another_user_at_the_path_is_named_a_stranger()
    {
        await using Stage stage = await Stage.Raise();
        Account other = await stage.AddAccount();
        SshAgent agent = stage.Keep(await SshAgent.Start(Path.Combine("/tmp", $"{other.Name}.agent"), other));
        (await Invocation.Of("chmod", "666", agent.Socket).Run()).Succeeded();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await sofa.Ask($"export SSH_AUTH_SOCK={agent.Socket}");

        Finding found = (await Diagnosis.In(sofa, stage)).The("this shell");

        Assert.Equal("problem", found.Verdict);
        Assert.StartsWith("another user listens", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_rc_line_is_added_by_the_line_that_is_named()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Laptop home = await stage.AddLaptop("home");
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Diagnosis found = await Diagnosis.Through(home, stage);
        Assert.Equal("warning", found.The("this shell").Verdict);
        Assert.Equal("problem", found.The("rc file").Verdict);
        (await stage.AsPerson("bash", "-c", found.The("rc file").Fix)).Succeeded();

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }

    [Fact]
    public async Task A_line_that_other_shells_never_reach_is_put_where_they_do()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        string guard = "case $- in\n    *i*) ;;\n      *) return;;\nesac\n";
        await stage.Person.Write(".bashrc", guard + await File.ReadAllTextAsync(stage.Person.InHome(".bashrc")));
        await home.LogIn(); // starts the daemon

        Diagnosis found = await Diagnosis.Through(home, stage);
        Assert.Contains("~/.bashrc:1,", found.The("rc file").Message, StringComparison.Ordinal);
        (await stage.AsPerson("bash", "-c", found.The("rc file").Fix)).Succeeded();

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }

    [Fact]
    public async Task The_recipe_of_the_link_is_found_in_the_rc_file()
    {
        await using Stage stage = await Stage.Raise(beforeCure: Recipe);
        Laptop home = await stage.AddLaptop("home");

        Finding found = (await Diagnosis.Through(home, stage)).The("rc file");

        Assert.Equal(("warning", "${EDITOR:-vi} +1 ~/.bashrc"), (found.Verdict, found.Fix));
        Assert.StartsWith("~/.bashrc:1 still makes a link", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_overwrites_the_path_after_our_line_is_found()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await File.AppendAllTextAsync(stage.Person.InHome(".bashrc"), "export SSH_AUTH_SOCK=/tmp/elsewhere\n");

        Diagnosis found = await Diagnosis.Through(home, stage);

        Assert.Equal("problem", found.The("this shell").Verdict);
        Assert.Equal(("problem", "~/.bashrc:3 changes SSH_AUTH_SOCK after the fairlead line"), (found.The("rc file").Verdict, found.The("rc file").Message));
    }

    [Theory]
    [InlineData("Host *\n    IdentityAgent none\n", "problem")]
    [InlineData("Host web02\n    IdentityAgent ~/.other.sock\n", "warning")]
    public async Task An_IdentityAgent_that_overrules_the_variable_is_found(string settings, string verdict)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        int lines = (await File.ReadAllLinesAsync(stage.Person.InHome(".ssh/config"))).Length;
        await File.AppendAllTextAsync(stage.Person.InHome(".ssh/config"), settings);

        Finding found = (await Diagnosis.Through(home, stage)).The("ssh config");

        Assert.Equal(verdict, found.Verdict);
        Assert.StartsWith($"~/.ssh/config:{lines + 2} sets IdentityAgent", found.Message, StringComparison.Ordinal);
    }

    /// <summary>ssh itself says what it needs: the public half of the key, and nothing else.</summary>
    [Fact]
    public async Task A_key_file_that_is_missing_keeps_the_agent_s_keys_back_until_its_public_half_is_there()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await File.AppendAllTextAsync(stage.Person.InHome(".ssh/config"), "Host *\n    IdentitiesOnly yes\n    IdentityFile ~/.ssh/id_work\n");
        Login sofa = await home.LogIn();

        Finding found = (await Diagnosis.In(sofa, stage)).The("ssh config");
        Assert.Equal(("problem", "scp ~/.ssh/id_work.pub HOST:.ssh/id_work.pub"), (found.Verdict, found.Fix));
        Assert.Null((await sofa.TryWeb01()).Key);
        await stage.Person.Write(".ssh/id_work.pub", home.Key.Public + "\n");

        Assert.Empty((await Diagnosis.In(sofa, stage)).Wrong);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task An_IdentityAgent_that_names_fairlead_is_in_order()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await File.AppendAllTextAsync(stage.Person.InHome(".ssh/config"), $"Host *\n    IdentityAgent {stage.StableSocket}\n");

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }
}
