using Fairlead.EndToEnd.Safety;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Healing;

/// <summary>Listening again where sshd once listened gives nothing to anybody, takes nothing from anybody and leaves nothing behind.</summary>
public class SafeHealingTests
{
    [Fact]
    public async Task A_path_that_another_user_took_first_is_left_alone_and_named()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Account stranger = await stage.AddAccount();
        OldPane pane = await OldPane.Leave(stage);
        (await Invocation.Of("mkdir", "-m", "755", Path.GetDirectoryName(pane.Path)!).As(stranger).Run()).Succeeded();
        Trap trap = await Trap.Set(stage, stranger, pane.Path);
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();

        await stage.Install();
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} start")).ExitCode);
        Assert.Empty(await OldPane.Healed(stage));
        await sofa.Reattach(pane.Multiplexer);

        foreach (string command in new[] { "status", "why" })
        {
            string said = (await sofa.Ask($"{stage.Fairlead} {command} | cat")).Output;
            Assert.Contains(pane.Path, said, StringComparison.Ordinal);
            Assert.Contains("another user has taken this path", said, StringComparison.Ordinal);
        }

        trap.CaughtNothing();
    }

    [Fact]
    public async Task While_a_login_lives_its_folder_is_marked_and_nobody_can_take_the_name_at_its_end()
    {
        await using Stage stage = await Stage.Raise();
        Account stranger = await stage.AddAccount();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        (await stage.AsPerson(stage.Fairlead, "status")).Succeeded();
        string folder = Assert.Single(await OldPane.LoginFolders(stage));
        Assert.True(File.Exists($"{folder}/.fairlead"));
        string agent = Directory.EnumerateFileSystemEntries(folder, "agent.*").Single();
        (await stage.AsPerson("sh", "-c", $"SSH_AUTH_SOCK={agent} setsid sleep 1000 >/dev/null 2>&1 &")).Succeeded();

        await OldPane.LogOut(sofa, agent);

        Assert.NotEqual(0, (await Invocation.Of("mkdir", folder).As(stranger).Run()).ExitCode);
        Assert.Equal([agent], await OldPane.Healed(stage));
        Assert.Equal($"700 {stage.Person.UserId}\n", (await Invocation.Of("stat", "-c", "%a %u", folder).Run()).Output);
        Assert.Equal($"600 {stage.Person.UserId}\n", (await Invocation.Of("stat", "-c", "%a %u", agent).Run()).Output);
        Assert.Contains($" {agent}\n", await File.ReadAllTextAsync("/proc/net/unix"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_nobody_names_leaves_no_folder()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        (await stage.AsPerson(stage.Fairlead, "status")).Succeeded();
        string folder = Assert.Single(await OldPane.LoginFolders(stage));
        Task gone = FileEvent.Disappears(folder);

        await sofa.LogOut();

        await gone;
        Assert.Empty(await OldPane.Healed(stage));
    }

    [Fact]
    public async Task Turned_off_in_the_configuration_nothing_is_listened_at_and_nothing_marked()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage);
        await stage.Install();
        await stage.Person.Write(".config/fairlead/config.toml", "[heal]\nold_paths = false\n");
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} start")).ExitCode);

        Assert.Empty(await OldPane.Healed(stage));

        Assert.False(Path.Exists(pane.Path));
        Assert.All(await OldPane.LoginFolders(stage), folder => Assert.False(File.Exists($"{folder}/.fairlead")));
        Assert.Contains("heal.old_paths", (await stage.AsPerson(stage.Fairlead, "config")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_leaves_nothing_but_the_mark_of_a_login_that_lives_and_the_next_start_heals_again()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage);
        await stage.Install();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} start")).ExitCode);
        Assert.Equal([pane.Path], await OldPane.Healed(stage));

        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        string left = Assert.Single(await OldPane.LoginFolders(stage));
        Assert.NotEqual(Path.GetDirectoryName(pane.Path), left);
        Assert.True(File.Exists($"{left}/.fairlead"));
        Assert.False(File.Exists(stage.State("healed")));
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal([pane.Path], await OldPane.Healed(stage));
    }

    [Fact]
    public async Task What_fairlead_did_not_make_stays_whatever_names_it()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = $"/tmp/ssh-{Guid.NewGuid().ToString("N")[..10]}";
        (await stage.AsPerson("mkdir", "-m", "700", folder)).Succeeded();
        (await stage.AsPerson("sh", "-c", $"echo mine > {folder}/.fairlead; echo mine > {folder}/agent.1")).Succeeded();
        await DeadSocket.Leave($"{folder}/agent.2", stage.Person);
        foreach (string name in new[] { "agent.1", "agent.2", "agent.3" })
        {
            (await stage.AsPerson("sh", "-c", $"SSH_AUTH_SOCK={folder}/{name} setsid sleep 1000 >/dev/null 2>&1 &")).Succeeded();
        }

        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal([$"{folder}/agent.3"], await OldPane.Healed(stage));
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        Assert.Equal([".fairlead", "agent.1", "agent.2"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Another_user_s_pane_and_a_pane_in_a_container_are_not_fairlead_s_business()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Account stranger = await stage.AddAccount();
        string path = $"/tmp/ssh-{Guid.NewGuid().ToString("N")[..10]}/agent.1";
        var theirs = Invocation.Of("sh", "-c", "sleep 1000 >/dev/null 2>&1 &").As(stranger, $"SSH_AUTH_SOCK={path}");
        (await theirs.Run()).Succeeded();
        var inside = Invocation.Of("sh", "-c", "sleep 1000 >/dev/null 2>&1 &").As(stage.Person, $"SSH_AUTH_SOCK={path}");
        (await new Invocation(["unshare", "--mount", .. inside.Words]).Run()).Succeeded();

        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Assert.Empty(await OldPane.Healed(stage));
        Assert.False(Path.Exists(Path.GetDirectoryName(path)));
    }
}
