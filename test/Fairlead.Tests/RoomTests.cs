namespace Fairlead.Tests;

/// <summary>The sources keep to the rooms of docs/architecture.md.</summary>
public sealed class RoomTests
{
    private const string MadeUp = """
        | room | holds | may use |
        | --- | --- | --- |
        | `src/Fairlead.Protocol` | messages | nothing |
        | `src/Fairlead.Core/Linux/Interop` | the C library | Protocol |
        | `src/Fairlead.Core/Linux/Files` | files | Linux/Interop |
        | `src/Fairlead.Core/Agents` | agents | Linux, Protocol |
        | `src/Fairlead.Core/Relay` | all | all above |
        | `src/Fairlead/Daemon` | life | Core |
        | `src/Fairlead/Commands` | verbs | everything |
        """;

    private static readonly RoomRules Rules = new(MadeUp);

    private static readonly ILookup<string, string> Types =
        new[] { ("Fairlead.Core.Linux.Interop", "Errno"), ("Fairlead.Core.Linux.Files", "Lock"), ("Fairlead.Core.Agents", "Agent"), ("Fairlead.Core.Relay", "Frame"), ("Fairlead.Commands", "Verb") }
            .ToLookup(type => type.Item1, type => type.Item2);

    /// <summary>Folders whose files are all of one kind: a verb each, a record of the control socket each.</summary>
    private static readonly string[] OfOneKind = ["Fairlead.Commands", "Fairlead.Core.Control"];

    private static readonly RoomRules Written = new(File.ReadAllText(Path.Join(Repository.PathOf(""), "docs/architecture.md")));

    private static readonly (string Path, string Text)[] Sources =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf(""), file))
            .Where(file => !file.Split('/').Any(folder => folder is "obj" or "bin"))
            .Select(file => (file, File.ReadAllText(Repository.PathOf(file)))),
    ];

    private static readonly ILookup<string, string> TypesByRoom = Sources
        .SelectMany(source => RoomRules.TypesIn(source.Text).Select(type => (Room: RoomRules.RoomOf(source.Path), type)))
        .ToLookup(declared => declared.Room, declared => declared.type);

    [Fact]
    public void Every_source_file_keeps_to_its_room()
    {
        Assert.Contains("Fairlead.Core.Linux.Loop", Written.Rooms);
        Assert.True(Sources.Length > 100, $"only {Sources.Length} files found");
        Assert.Empty(Sources.SelectMany(source => Written.Violations(source.Path, source.Text, TypesByRoom)));
    }

    [Fact]
    public void The_table_names_every_room_and_no_other()
    {
        Assert.Empty(Written.UnknownWords());
        Assert.Equal(Sources.Select(source => RoomRules.RoomOf(source.Path)).Where(room => room != "Fairlead").Distinct().Order(), Written.Rooms.Order());
    }

    /// <summary>`Relay/Upstream` on the page is a file of that room; `Handover/Successor` and its like would outlive a rename otherwise.</summary>
    [Fact]
    public void The_page_names_files_that_are_there()
    {
        string[] named = [.. RoomRules.FilesNamedIn(File.ReadAllText(Repository.PathOf("docs/architecture.md")))];
        Assert.Contains("Relay/Upstream", named);
        Assert.DoesNotContain(named, name => !Sources.Any(source => source.Path.EndsWith($"/{name}.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_room_leads_back_to_itself() => Assert.Empty(Written.Circles());

    [Fact]
    public void No_more_than_three_types_of_a_room_form_a_circle() => Assert.Empty(
        from room in Sources.GroupBy(source => RoomRules.RoomOf(source.Path))
        let owners = room
            .SelectMany(source => RoomRules.TypesIn(source.Text).Select(type => (Type: type, Owner: TypeOf(source.Path))))
            .ToLookup(declared => declared.Type, declared => declared.Owner)
        let uses = room
            .GroupBy(source => TypeOf(source.Path))
            .ToDictionary(file => file.Key, file => file.SelectMany(part => RoomRules.NamesIn(part.Text)).SelectMany(name => owners[name]).ToArray())
        from circle in TypeCircles.In(uses.Keys, type => uses[type].Where(used => used != type))
        where circle.Count > 3
        select $"{room.Key}: {string.Join(", ", circle.Order(StringComparer.Ordinal))}");

    [Fact]
    public void No_folder_holds_more_than_a_person_can_take_in() => Assert.Empty(
        from folder in Sources.GroupBy(source => RoomRules.RoomOf(source.Path))
        where folder.Count() > (OfOneKind.Contains(folder.Key) ? 40 : 30)
        select $"{folder.Key} holds {folder.Count()} files");

    /// <summary>A file is called what its type is; parts of one type have a word behind a dot.</summary>
    private static string TypeOf(string path) => Path.GetFileName(path).Split('.')[0];

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "using Fairlead.Core.Agents;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "using static Fairlead.Core.Agents.Agent;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "using X = Fairlead.Core.Agents.Agent;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "var a = new global::Fairlead.Core.Agents.Agent();", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "Agents.Agent a;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "List<Core.Agents.Agent> a;", "Fairlead.Core.Agents")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "using Fairlead.Core.Linux.Files;", "Fairlead.Core.Linux.Files")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "Files.Lock taken;", "Fairlead.Core.Linux.Files")]
    [InlineData("src/Fairlead.Core/Agents/A.cs", "using Fairlead.Core.Relay;", "Fairlead.Core.Relay")]
    [InlineData("src/Fairlead.Protocol/A.cs", "using Fairlead.Core.Linux.Interop;", "Fairlead.Core.Linux.Interop")]
    [InlineData("src/Fairlead/Daemon/A.cs", "using Fairlead.Commands;", "Fairlead.Commands")]
    [InlineData("src/Fairlead/Daemon/A.cs", "Commands.Verb verb;", "Fairlead.Commands")]
    public void A_room_that_may_not_be_used_is_found(string path, string text, string room)
        => Assert.Equal([$"{path} uses {room}"], Rules.Violations(path, text, Types));

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "using Fairlead.Protocol;\nnamespace Fairlead.Core.Linux.Interop;")]
    [InlineData("src/Fairlead.Core/Agents/A.cs", "using Fairlead.Core.Linux.Interop;\nErrno e = Linux.Interop.Errno;")]
    [InlineData("src/Fairlead.Core/Relay/A.cs", "using Fairlead.Core.Agents;\nusing Fairlead.Protocol;")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "/// <see cref=\"Fairlead.Core.Agents.Agent\"/>\n// Agents.Agent\n/* Agents.Agent */ string s = \"Agents.Agent\";")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "int n = Agents.Count + directory.Agents.Agent;")]
    [InlineData("src/Fairlead/Daemon/A.cs", "using Fairlead.Core.Relay;\nusing Fairlead.Protocol;")]
    [InlineData("src/Fairlead/Commands/A.cs", "using Fairlead.Daemon;\nusing Fairlead.Core.Linux.Interop;")]
    [InlineData("src/Fairlead/Program.cs", "using Fairlead.Commands;")]
    public void What_may_be_used_is_let_pass(string path, string text) => Assert.Empty(Rules.Violations(path, text, Types));

    [Fact]
    public void Rooms_that_may_use_each_other_are_found() => Assert.Equal(
        ["these rooms may use each other: Fairlead.One, Fairlead.Two"],
        new RoomRules("| `src/Fairlead/One` | | Two |\n| `src/Fairlead/Two` | | One |\n| `src/Fairlead/Three` | | One |").Circles());

    [Fact]
    public void A_word_that_names_no_room_is_found()
        => Assert.Equal(["Attic"], new RoomRules("| `src/Fairlead/One` | | Attic |").UnknownWords());

    [Fact]
    public void Types_that_lead_back_to_each_other_are_found()
    {
        var uses = new Dictionary<string, string[]> { ["A"] = ["B", "List"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = ["A"] };
        Assert.Equal(["C", "B", "A"], TypeCircles.In(uses.Keys, type => uses[type]).Single(circle => circle.Count > 1));
    }

    [Fact]
    public void A_room_without_a_law_is_found()
        => Assert.Equal(
            ["src/Fairlead.Core/Attic/A.cs is in a room that docs/architecture.md does not know"],
            Rules.Violations("src/Fairlead.Core/Attic/A.cs", "", Types));

    [Fact]
    public void A_file_that_is_too_long_is_found()
    {
        const string path = "src/Fairlead.Core/Linux/Interop/A.cs";
        Assert.Empty(Rules.Violations(path, new string('\n', 400), Types));
        Assert.Equal([$"{path} has 401 lines"], Rules.Violations(path, new string('\n', 401), Types));
    }

    [Theory]
    [InlineData("src/Fairlead.Core/Linux/PathUtils.cs", "")]
    [InlineData("src/Fairlead.Core/Linux/Common/A.cs", "")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "internal static class SocketHelper")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "public record struct MiscFacts(int A);")]
    [InlineData("src/Fairlead.Core/Linux/Interop/A.cs", "interface IAgentManager")]
    public void A_name_that_says_nothing_is_found(string path, string text)
        => Assert.Contains(Rules.Violations(path, text, Types), violation => violation.EndsWith("says nothing", StringComparison.Ordinal));
}
