using Fairlead.EndToEnd.Daemon;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

public class DaemonFindingTests
{
    [Fact]
    public async Task A_daemon_that_does_not_run_is_told_with_the_line_that_starts_it()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        Finding found = (await Diagnosis.Outside(stage)).The("daemon");

        Assert.Equal(("problem", "the daemon is not running", "fairlead start"), (found.Verdict, found.Message, found.Fix));
        Assert.Empty(stage.DaemonProcesses());
    }

    [Fact]
    public async Task A_systemd_that_listens_is_not_made_to_start_the_daemon()
    {
        await using ActivatedStage activated = await ActivatedStage.Raise();

        Diagnosis found = await Diagnosis.Outside(activated.Stage, $"SSH_AUTH_SOCK={activated.Stage.StableSocket}");

        Assert.DoesNotContain(found.Wrong, wrong => wrong.Check is "this shell" or "daemon");
        Assert.Empty(activated.Stage.DaemonProcesses());
    }

    /// <summary>Neither a copy nor chmod makes it another one, though times and inodes change.</summary>
    [Fact]
    public async Task The_same_build_installed_again_is_no_other()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();
        (await stage.AsPerson("mv", stage.Fairlead, stage.Fairlead + ".old")).Succeeded();
        await stage.Install();
        (await stage.AsPerson("chmod", "700", stage.Fairlead)).Succeeded();

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }

    [Fact]
    public async Task A_daemon_of_another_build_is_told_and_a_restart_mends_it()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();
        (await stage.AsPerson("mv", stage.Fairlead, stage.Fairlead + ".old")).Succeeded();
        await FairleadBinary.WriteAnotherBuild(stage.Fairlead);
        await stage.Person.Own(stage.Fairlead, "755");

        Finding found = (await Diagnosis.Through(home, stage)).The("daemon");
        Assert.Equal(("warning", "fairlead restart"), (found.Verdict, found.Fix));
        Assert.StartsWith("it is another build than this program: ", found.Message, StringComparison.Ordinal);
        (await stage.AsPerson(stage.Fairlead, "restart")).Succeeded();

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }

    [Fact]
    public async Task A_folder_that_is_open_to_others_is_closed_by_the_line_that_is_named()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson("mkdir", "-p", "-m", "755", stage.Person.InHome(".ssh/fairlead"))).Succeeded();
        await stage.Person.Write(".config/fairlead/config.toml", $"socket = \"{stage.StableSocket}\"\n");
        (await stage.AsPerson("chmod", "777", stage.Person.InHome(".ssh/fairlead"))).Succeeded();

        Finding found = (await Diagnosis.Outside(stage)).The("socket");
        Assert.Equal("problem", found.Verdict);
        (await stage.AsPerson("sh", "-c", found.Fix)).Succeeded();

        Assert.DoesNotContain((await Diagnosis.Outside(stage)).Wrong, wrong => wrong.Check == "socket");
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_is_named_with_its_line()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[routing]\nfallbak = \"any\"\n");

        Finding found = (await Diagnosis.Outside(stage)).The("configuration");

        Assert.Contains("config.toml:2", found.Message, StringComparison.Ordinal);
    }
}
