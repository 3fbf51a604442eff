using System.Text.RegularExpressions;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

public sealed partial class ConfigurationExampleTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";
    private const string Socket = "/home/al/.ssh/fairlead/gateway.sock";

    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    private static string Example => ConfigurationExample.For(Al, Socket);

    [Fact]
    public void The_example_is_the_one_that_was_read_aloud() => Snapshot.Matches("config-example.toml", Example);

    [Fact]
    public void It_changes_nothing_as_it_is()
    {
        Configuration read = Read(Example);

        Assert.Empty(read.Lines);
        Assert.Empty(read.Agents);
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void With_every_line_uncommented_every_setting_has_its_default()
    {
        Configuration read = Read(Comment().Replace(Example, "$1"));

        Assert.Equal(SettingsTable.All.Select(setting => setting.Key).Order(), read.Lines.Keys.Order());
        Configuration usual = Configuration.Default(Al) with { Socket = Socket };
        Assert.All(SettingsTable.All, setting => Assert.Equal(setting.Show(usual), setting.Show(read)));
        Assert.Equal("keychain", Assert.Single(read.Agents).Name);
        Assert.Equal([false, true], read.Rules.Select(rule => rule.When.NeedSignature));
    }

    [Fact]
    public void It_has_every_key_that_a_file_may_have()
    {
        string[] keys = [.. SettingsTable.All.Select(setting => setting.Key), .. AgentReader.Keys, .. RuleReader.Keys];

        Assert.All(keys, key => Assert.Matches($@"(?m)^#{Regex.Escape(key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..])} = ", Example));
    }

    [Fact]
    public void Each_setting_can_be_uncommented_alone() => Assert.All(
        Comment().Matches(Example).Where(match => !match.Value.StartsWith("#[[", StringComparison.Ordinal)).Take(SettingsTable.All.Count),
        match => Assert.Single(Read(Example.Remove(match.Index, 1)).Lines));

    private static Configuration Read(string text)
    {
        ConfigurationResult result = ConfigurationFile.Parse(File, text, Al);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    [GeneratedRegex("(?m)^#([^ ])")]
    private static partial Regex Comment();
}
