using System.CommandLine;
using System.Diagnostics;
using Fairlead.Commands;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Manual;

/// <summary>The manual says what the program says. FAIRLEAD_UPDATE_SNAPSHOTS=1 writes its made parts anew.</summary>
public sealed class ManualTests
{
    [Fact]
    public void Every_command_has_a_page_that_says_what_its_help_says()
    {
        RootCommand root = CommandTree.Build();
        foreach (Command command in root.Subcommands.Where(sub => !sub.Hidden).Prepend(root))
        {
            string file = Repository.PathOf($"packaging/man/{Mdoc.Title(command)}.1");
            Snapshot.MatchesFile(file, ManualPage.For(command, File.Exists(file) ? File.ReadAllText(file) : null));
        }
    }

    [Fact]
    public void No_page_is_left_of_a_command_that_is_gone()
    {
        RootCommand root = CommandTree.Build();

        Assert.Equal(
            root.Subcommands.Where(sub => !sub.Hidden).Prepend(root).Select(command => Mdoc.Title(command) + ".1").Order(),
            Directory.GetFiles(Repository.PathOf("packaging/man"), "*.1").Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Mandoc_has_nothing_to_say()
    {
        var start = new ProcessStartInfo("mandoc", ["-T", "lint", "-W", "warning", .. Pages()]) { RedirectStandardOutput = true };
        using Process mandoc = Process.Start(start)!;

        Assert.Equal("", mandoc.StandardOutput.ReadToEnd());
    }

    [Theory]
    [InlineData("packaging/man/fairlead.toml.5")]
    [InlineData("docs/configuration.md")]
    public void Every_key_of_the_configuration_stands_in(string page)
    {
        string text = File.ReadAllText(Repository.PathOf(page));

        Assert.All(SettingsTable.Keys.All, key =>
            Assert.True(NamesOf(key).Any(name => text.Contains(name, StringComparison.Ordinal)), $"{key} is missing in {page}"));
    }

    [Theory]
    [InlineData("live")]
    [InlineData(AgentState.Busy)]
    [InlineData(AgentState.Awake)]
    [InlineData(AgentState.OutOfReach)]
    [InlineData(AgentState.Stalled)]
    [InlineData(AgentState.Dead)]
    [InlineData("unknown")]
    public void Every_state_of_an_agent_stands_in_the_page_of_status(string state) =>
        Assert.Contains($"\n.It Li {state}\n", File.ReadAllText(Repository.PathOf("packaging/man/fairlead-status.1")), StringComparison.Ordinal);

    /// <summary>How a page may write a key: in a manual, in an example, in a table.</summary>
    private static string[] NamesOf(string key)
    {
        string last = key.Split('.')[^1];
        return [$".It Ic {last}\n", $".It Ic {last} ", $"\n    {last} =", $"\n    [{last}]", $"\n    [[{last}]]", $"| `{last}` |", $".Ss [{last}]", $".Ss [[{last}]]"];
    }

    private static string[] Pages() => Directory.GetFiles(Repository.PathOf("packaging/man"));
}
