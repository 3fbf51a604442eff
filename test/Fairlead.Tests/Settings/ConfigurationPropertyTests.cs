using CsCheck;
using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

/// <summary>Any text is a configuration or a mistake with its line, and never a fault; what a person can write is read as they meant it.</summary>
public sealed class ConfigurationPropertyTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";

    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    private static readonly string[] Keys = [.. SettingsTable.Keys.All.SelectMany(key => key.Split('.')).Distinct(), "\"a\"", "\"\"", "''"];

    private static readonly Gen<string> Key = Noise.OneOf(Keys).Array[1, 3].Select(parts => string.Join('.', parts));

    private static readonly Gen<string> Scalar =
        Noise.OneOf("\"/a\"", "\"any\"", "\"always\"", "\"none\"", "\"1s\"", "\"\"", "'x'", "true", "1", "-1", "1e9", "1979-05-27", "[]", "[\"/a\"]", "{}");

    private static readonly Gen<string> Value = Gen.Frequency(
        (4, Scalar),
        (1, Gen.Select(Key, Scalar, (key, scalar) => $"{{ {key} = {scalar} }}")),
        (1, Gen.Select(Key, Scalar).Array[1, 3].Select(pairs => $"[{string.Join(", ", pairs.Select(pair => $"{{ {pair.Item1} = {pair.Item2} }}"))}]")));

    private static readonly Gen<string> Line = Gen.Frequency(
        (4, Gen.Select(Key, Value, (key, value) => $"{key} = {value}\n")),
        (2, Key.Select(key => $"[{key}]\n")),
        (2, Key.Select(key => $"[[{key}]]\n")));

    [Fact]
    public void Any_text_is_a_configuration_or_a_mistake() =>
        Noise.Around([.. Keys, " = ", "[", "]", "[[", "]]", "{ ", " }", ", ", "\n", ".", "\"", "'''", "\"\"\"", "\\u12", "0x", "1_0", "#"]).Sample(Judge);

    [Fact]
    public void Any_TOML_is_a_configuration_or_a_mistake() => Line.Array[0, 6].Select(lines => string.Concat(lines)).Sample(Judge, iter: 2000);

    [Fact]
    public void Whatever_a_person_may_set_is_read_as_it_was_written() =>
        Gen.Select(WrittenConfiguration.Any(Al), Gen.Bool).Sample((meant, isDotted) =>
        {
            ConfigurationResult result = ConfigurationFile.Parse(File, WrittenConfiguration.Write(meant, isDotted), Al);

            Assert.Empty(result.Errors);
            Configuration read = result.Configuration!;
            Assert.Equal(meant.DiscoveryFolders, read.DiscoveryFolders);
            Assert.Equal(meant.Agents, read.Agents.Select(agent => agent with { Line = 0 }));
            Assert.Equal(meant.Rules, read.Rules.Select(rule => rule with { Line = 0 }));
            Assert.All(SettingsTable.All, setting => Assert.Equal(setting.Show(meant), setting.Show(read)));
        });

    /// <summary>A setting that <see cref="WrittenConfiguration"/> forgets would be tested nowhere.</summary>
    [Fact]
    public void Every_setting_is_written_by_the_test_above()
    {
        string text = WrittenConfiguration.Write(Configuration.Default(Al) with { Socket = "/a" }, isDotted: false);

        Assert.Equal(SettingsTable.All.Select(setting => setting.Key).Order(), ConfigurationFile.Parse(File, text, Al).Configuration!.Lines.Keys.Order());
    }

    [Fact]
    public void Everything_in_a_configuration_can_be_set()
    {
        Dictionary<string, string> usual = ValuesOf(Configuration.Default(Al));
        HashSet<string> set = [nameof(Configuration.File), nameof(Configuration.Lines)];
        foreach (Configuration meant in WrittenConfiguration.Any(Al).Array[100].Single())
        {
            Configuration read = ConfigurationFile.Parse(File, WrittenConfiguration.Write(meant, isDotted: true), Al).Configuration!;
            set.UnionWith(ValuesOf(read).Except(usual).Select(value => value.Key));
        }

        Assert.Equal(usual.Keys.Order(), set.Order());
    }

    private static Dictionary<string, string> ValuesOf(object record) => record.GetType().GetProperties()
        .SelectMany(property => property.GetValue(record) switch
        {
            AgentTimeouts or HoldTimeouts => ValuesOf(property.GetValue(record)!).Select(value => ($"{property.Name}.{value.Key}", value.Value)),
            IEnumerable<object> list => [(property.Name, string.Join(' ', list))],
            var value => [(property.Name, $"{value}")],
        })
        .ToDictionary();

    /// <summary>One of the two, and nothing in it that a later reader would fall over.</summary>
    private static void Judge(string text)
    {
        (Configuration? read, IReadOnlyList<ConfigurationError> errors) = ConfigurationFile.Parse(File, text, Al);
        Assert.Equal(read is null, errors.Count > 0);
        Assert.All(errors, error => Assert.True(error.Line >= 0));
        Assert.Equal(errors.Order(Comparer<ConfigurationError>.Create((one, other) => one.Line.CompareTo(other.Line))), errors);
        foreach (PolicyRule rule in read?.Rules ?? [])
        {
            Assert.False(rule.When.AreEmpty);
            Assert.True(rule.When.Folder is null or ['/', ..]);
        }
    }
}
