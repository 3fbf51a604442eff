namespace Fairlead.Tests;

/// <summary>The sources keep to the rooms of docs/architecture.md.</summary>
public sealed class RoomTests
{
    private const string MadeUp = """
        | room | holds | may use |
        | --- | --- | --- |
        | `src/Fairlead.Protocol` | messages | nothing |
        | `src/Fairlead.Core/Linux` | the OS | Protocol |
        | `src/Fairlead.Core/Agents` | agents | Linux, Protocol |
        | `src/Fairlead.Core/Relay` | all | all above |
        | `src/Fairlead/Daemon` | life | Core |
        | `src/Fairlead/Commands` | verbs | everything |
        """;

    private static readonly RoomRules Rules = new(MadeUp);

    private static readonly ILookup<string, string> Types =
        new[] { ("Fairlead.Core.Linux", "Errno"), ("Fairlead.Core.Agents", "Agent"), ("Fairlead.Core.Relay", "Frame"), ("Fairlead.Commands", "Verb") }
            .ToLookup(type => type.Item1, type => type.Item2);

    [Fact]
    public void Every_source_file_keeps_to_its_room()
    {
        string root = Repository.PathOf("");
        var rules = new RoomRules(File.ReadAllText(Path.Join(root, "docs/architecture.md")));
        Assert.Contains("Fairlead.Core.Linux", rules.Rooms);
        (string Path, string Text)[] sources =
        [
            .. Directory.EnumerateFiles(Path.Join(root, "src"), "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file))
                .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin"))
                .Select(file => (file, File.ReadAllText(Path.Join(root, file)))),
        ];
        Assert.True(sources.Length > 100, $"only {sources.Length} files found below {root}");
        ILookup<string, string> types = sources
            .SelectMany(source => RoomRules.TypesIn(source.Text).Select(type => (Room: RoomRules.RoomOf(source.Path), type)))
            .ToLookup(declared => declared.Room, declared => declared.type);

        Assert.Empty(sources.SelectMany(source => rules.Violations(source.Path, source.Text, types)));
    }

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "using Fairlead.Core.Agents;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "using static Fairlead.Core.Agents.Agent;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "using X = Fairlead.Core.Agents.Agent;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "var a = new global::Fairlead.Core.Agents.Agent();", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "Agents.Agent a;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "List<Core.Agents.Agent> a;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Agents/A.cs", "using Fairlead.Core.Relay;", "Fairlead.Core.Relay")]
    [InlineData("src/Fairlead.Protocol/A.cs", "using Fairlead.Core.Linux;", "Fairlead.Core.Linux")]
    [InlineData("src/Fairlead/Daemon/A.cs", "using Fairlead.Commands;", "Fairlead.Commands")]
    [InlineData("src/Fairlead/Daemon/A.cs", "Commands.Verb verb;", "Fairlead.Commands")]
    public void A_room_that_may_not_be_used_is_found(string path, string text, string room)
        => Assert.Equal([$"{path} uses {room}"], Rules.Violations(path, text, Types));

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "using Fairlead.Protocol;\nnamespace Fairlead.Core.Linux;")]
    [InlineData("src/Fairlead.Core/Agents/A.cs", "using Fairlead.Core.Linux;\nErrno e = Linux.Errno;")]
    [InlineData("src/Fairlead.Core/Relay/A.cs", "using Fairlead.Core.Agents;\nusing Fairlead.Protocol;")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "/// <see cref=\"Fairlead.Core.Agents.Agent\"/>\n// Agents.Agent\n/* Agents.Agent */ string s = \"Agents.Agent\";")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "int n = Agents.Count + directory.Agents.Agent;")]
    [InlineData("src/Fairlead/Daemon/A.cs", "using Fairlead.Core.Relay;\nusing Fairlead.Protocol;")]
    [InlineData("src/Fairlead/Commands/A.cs", "using Fairlead.Daemon;\nusing Fairlead.Core.Linux;")]
    [InlineData("src/Fairlead/Program.cs", "using Fairlead.Commands;")]
    public void What_may_be_used_is_let_pass(string path, string text) => Assert.Empty(Rules.Violations(path, text, Types));

    [Fact]
    public void A_room_without_a_law_is_found()
        => Assert.Equal(
            ["src/Fairlead.Core/Attic/A.cs is in a room that docs/architecture.md does not know"],
            Rules.Violations("src/Fairlead.Core/Attic/A.cs", "", Types));

    [Fact]
    public void A_file_that_is_too_long_is_found()
    {
        const string path = "src/Fairlead.Core/Linux/A.cs";
        Assert.Empty(Rules.Violations(path, new string('\n', 400), Types));
        Assert.Equal([$"{path} has 401 lines"], Rules.Violations(path, new string('\n', 401), Types));
    }

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/PathUtils.cs", "")]
    [InlineData("src/Fairlead.Core/Linux/Common/A.cs", "")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "internal static class SocketHelper")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "public record struct MiscFacts(int A);")]
    [InlineData("src/Fairlead.Core/Linux/A.cs", "interface IAgentManager")]
    public void A_name_that_says_nothing_is_found(string path, string text)
        => Assert.Contains(Rules.Violations(path, text, Types), violation => violation.EndsWith("says nothing", StringComparison.Ordinal));
}
