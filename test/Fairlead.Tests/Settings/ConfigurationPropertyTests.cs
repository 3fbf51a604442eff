using CsCheck;
using Fairlead.Core.Policy;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

/// <summary>Any text is a configuration or a mistake with its line, and never a fault; what a person can write is read as they meant it.</summary>
public sealed class ConfigurationPropertyTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";

    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    private static readonly string[] Keys =
    [
        "socket", "discovery", "folders", "agent", "name", "role", "routing", "fallback", "keys", "forwarded_changes", "patience", "answer", "hedge",
        "wait", "time", "bound", "heal", "old_paths", "env", "variables", "limits", "conversations", "rule", "when", "use", "from", "cwd", "background", "\"a\"", "\"\"", "''",
    ];

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

            Assert.Null(result.Error);
            Configuration read = result.Configuration!;
            Assert.Equal(meant.DiscoveryFolders, read.DiscoveryFolders);
            Assert.Equal(meant.Agents, read.Agents.Select(agent => agent with { Line = 0 }));
            Assert.Equal(meant.Rules, read.Rules.Select(rule => rule with { Line = 0 }));
            Assert.Equal(
                (meant.Socket, meant.Fallback, meant.MergesKeys, meant.AllowsForwardedChanges, meant.Conversations, meant.HealsOldPaths),
                (read.Socket, read.Fallback, read.MergesKeys, read.AllowsForwardedChanges, read.Conversations, read.HealsOldPaths));
            Assert.Equal((meant.AgentTimeouts, meant.HoldTimeouts), (read.AgentTimeouts, read.HoldTimeouts));
        });

    /// <summary>One of the two, and nothing in it that a later reader would fall over.</summary>
    private static void Judge(string text)
    {
        (Configuration? read, ConfigurationError? error) = ConfigurationFile.Parse(File, text, Al);
        Assert.True(read is null != error is null);
        Assert.True(error is null || error.Line >= 0);
        foreach (RoutingRule rule in read?.Rules ?? [])
        {
            Assert.False(rule.When.AreEmpty);
            Assert.True(rule.When.Folder is null or ['/', ..]);
        }
    }
}
