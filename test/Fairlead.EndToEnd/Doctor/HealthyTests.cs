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
    public async Task The_page_ends_with_a_report_for_pasting()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");

        Finished page = await home.Ssh("-A", "gateway", $"{stage.Fairlead} doctor").Run();

        Assert.Equal((0, ""), (page.ExitCode, page.Error));
        Assert.StartsWith("nothing is wrong\n", page.Output, StringComparison.Ordinal);
        string report = page.Output[page.Output.IndexOf("For a report", StringComparison.Ordinal)..];
        Assert.Matches(@"fairlead \d+\.\d+\.\d+ \(daemon \d+\.\d+\.\d+\), Linux \S+, OpenSSH_\S+", report);
        Assert.DoesNotContain(stage.Person.Home, report, StringComparison.Ordinal);
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
