using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fairlead.Commands;
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
            string file = InRepository($"packaging/man/{Mdoc.Title(command)}.1");
            string? old = File.Exists(file) ? File.ReadAllText(file) : null;
            string page = ManualPage.For(command, old);
            if (Environment.GetEnvironmentVariable("FAIRLEAD_UPDATE_SNAPSHOTS") == "1")
            {
                File.WriteAllText(file, page);
                old = page;
            }

            Assert.Equal(page, old ?? $"(there is no {file})");
        }
    }

    [Fact]
    public void No_page_is_left_of_a_command_that_is_gone()
    {
        RootCommand root = CommandTree.Build();

        Assert.Equal(
            root.Subcommands.Where(sub => !sub.Hidden).Prepend(root).Select(command => Mdoc.Title(command) + ".1").Order(),
            Directory.GetFiles(InRepository("packaging/man"), "*.1").Select(Path.GetFileName).Order());
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
        string text = File.ReadAllText(InRepository(page));

        Assert.All(ConfigurationReader.Keys, key =>
            Assert.True(NamesOf(key).Any(name => text.Contains(name, StringComparison.Ordinal)), $"{key} is missing in {page}"));
    }

    /// <summary>How a page may write a key: in a manual, in an example, in a table.</summary>
    private static string[] NamesOf(string key)
    {
        string last = key.Split('.')[^1];
        return [$".It Ic {last}\n", $".It Ic {last} ", $"\n    {last} =", $"\n    [{last}]", $"\n    [[{last}]]", $"| `{last}` |", $".Ss [{last}]", $".Ss [[{last}]]"];
    }

    private static string[] Pages() => Directory.GetFiles(InRepository("packaging/man"));

    private static string InRepository(string path, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(thisFile), "../../..", path));
}
