using Fairlead.Commands;
using Fairlead.Doctor;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;

namespace Fairlead.Tests.Output;

public sealed class ProjectAddressTests
{
    private static readonly ProjectAddress Known = ProjectAddress.Of("https://example.org/fairlead/");

    private static readonly DoctorReport Report = DoctorReport.Of([Finding.Ok("daemon", "it runs")], new ProgramVersions { Fairlead = "0.1.0" });

    [Fact]
    public void Help_links_to_the_pages_and_to_where_bugs_go() =>
        Assert.EndsWith(
            "\nDocumentation: https://example.org/fairlead\nBugs: https://example.org/fairlead/issues\n",
            HelpPage.For(CommandTree.Build(), Known),
            StringComparison.Ordinal);

    [Fact]
    public void Doctor_says_where_its_report_goes() =>
        Assert.Contains("To report a bug at https://example.org/fairlead/issues, paste ", DoctorView.Render(Report, new OutputStyle(Colour: false, 200), Known), StringComparison.Ordinal);

    [Fact]
    public void The_manual_ends_with_it_in_good_mdoc()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["fairlead.1"], File.ReadAllText(Repository.PathOf("packaging/man/fairlead.1")) + Known.Manual);

        Assert.Equal("", ProgramSearch.Ask("mandoc", "-T", "lint", "-W", "warning", folder["fairlead.1"]));
        Assert.Contains("href=\"https://example.org/fairlead/issues\"", ProgramSearch.Ask("mandoc", "-T", "html", folder["fairlead.1"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_nothing_pretends_to_have_one()
    {
        ProjectAddress none = ProjectAddress.Of("");

        Assert.Null(none.Issues);
        Assert.Equal("", none.Manual);
        Assert.DoesNotContain("http", HelpPage.For(CommandTree.Build(), none), StringComparison.Ordinal);
        Assert.DoesNotContain("http", DoctorView.Render(Report, new OutputStyle(Colour: false, 200), none), StringComparison.Ordinal);
    }
}
