using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

public class HealthyTests
{
    [Theory]
    [InlineData(ShellKind.Bash)]
    [InlineData(ShellKind.Zsh)]
    [InlineData(ShellKind.Fish)]
    public async Task After_an_installation_everything_is_in_order(ShellKind shell)
    {
        await using Stage stage = await Stage.Raise(shell);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        Diagnosis plain = await Diagnosis.In(sofa, stage);
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        Diagnosis pane = await Diagnosis.In(sofa, stage);

        Assert.Empty(plain.Wrong);
        Assert.Empty(pane.Wrong);
        Assert.Contains(pane.Findings, finding => finding.Check == "tmux");
    }

    [Fact]
    public async Task A_report_for_others_is_printed_when_it_is_asked_for()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");

        Finished page = await home.Ssh("-A", "gateway", $"{stage.Fairlead} doctor").Run();
        string report = (await home.Ssh("-A", "gateway", $"{stage.Fairlead} doctor --report").Run()).Output;

        Assert.Equal((0, ""), (page.ExitCode, page.Error));
        Assert.StartsWith("no problems found\n", page.Output, StringComparison.Ordinal);
        Assert.EndsWith(" fairlead doctor --report\n", page.Output, StringComparison.Ordinal);
        Assert.Matches(@"^fairlead \d+\.\d+\.\d+\S* \(daemon \d+\.\d+\.\d+\S*\), Linux \S+, OpenSSH_\S+", report);
        Assert.DoesNotContain(stage.Person.Home, report, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Person.Name, report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_folder_that_is_gone_it_says_what_it_says_elsewhere()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await sofa.Ask("mkdir gone && cd gone && rmdir ~/gone");

        Assert.Empty((await Diagnosis.In(sofa, stage)).Wrong);
    }

    /// <summary>Not even where everything is missing: neither a daemon nor a file.</summary>
    [Fact]
    public async Task Asking_changes_nothing()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string before = await Files(stage);

        Finished asked = await (await stage.AddLaptop("home")).Ssh("-A", "gateway", $"{stage.Fairlead} doctor").Run();

        Assert.Equal((1, ""), (asked.ExitCode, asked.Error));
        Assert.Equal(before, await Files(stage));
        Assert.Empty(stage.DaemonProcesses());
    }

    private static async Task<string> Files(Stage stage) =>
        (await Invocation.Of("find", stage.Person.Home, "-printf", "%p %m %s %T@ %C@\\n").Run()).Output;
}
