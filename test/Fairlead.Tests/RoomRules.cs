using System.Text.RegularExpressions;

namespace Fairlead.Tests;

/// <summary>
/// The laws between rooms: the table of docs/architecture.md, held against the text of source files. A room is a folder; its name is
/// the namespace of what is in it.
/// </summary>
internal sealed partial class RoomRules
{
    private const int MaxLines = 400;

    private static readonly string[] EmptyNames = ["Util", "Helper", "Manager", "Misc", "Common"];

    private readonly Dictionary<string, string[]> mayUse = [];

    /// <param name="architecture">The page: its rows are <c>| `src/ROOM` | what it holds | what it may use |</c>.</param>
    public RoomRules(string architecture)
    {
        foreach (Match row in Row().Matches(architecture))
        {
            string room = row.Groups["room"].Value.Replace('/', '.');
            string[] above = [.. mayUse.Keys];
            mayUse[room] = [room, .. row.Groups["uses"].Value.Trim() switch
            {
                "nothing" => [],
                "all above" => above,
                "everything" => ["Fairlead"],
                var list => list.Split(", ").SelectMany(Named),
            }];
        }
    }

    public IEnumerable<string> Rooms => mayUse.Keys;

    /// <summary>What is wrong with a file, in words.</summary>
    /// <param name="path">From the root of the repository.</param>
    /// <param name="types">The types of each room, by its name: how a name without a namespace in front is known.</param>
    public IEnumerable<string> Violations(string path, string text, ILookup<string, string> types)
    {
        int lines = text.AsSpan().Count('\n');
        if (lines > MaxLines)
        {
            yield return $"{path} has {lines} lines";
        }

        foreach (string name in TypesIn(text).Append(path).Where(name => EmptyNames.Any(empty => name.Contains(empty, StringComparison.Ordinal))))
        {
            yield return $"{path}: {name} says nothing";
        }

        string room = RoomOf(path);
        if (room == "Fairlead")
        {
            yield break; // the entry point stands above the rooms
        }

        if (!mayUse.TryGetValue(room, out string[]? allowed))
        {
            yield return $"{path} is in a room that docs/architecture.md does not know";
            yield break;
        }

        foreach (string used in UsedBy(text, types).Distinct().Where(used => !allowed.Any(name => Holds(name, used))))
        {
            yield return $"{path} uses {used}";
        }
    }

    public static string RoomOf(string path) => string.Join('.', path.Split('/')[1..^1]);

    public static IEnumerable<string> TypesIn(string text) => Declaration().Matches(WithoutRemarks(text)).Select(match => match.Groups["name"].Value);

    private static bool Holds(string name, string used) =>
        used == name || (name != "Fairlead.Protocol" && used.StartsWith(name + ".", StringComparison.Ordinal));

    /// <summary>"Core" stands for all of its rooms, which bring Protocol with them; a room alone for itself.</summary>
    private static IEnumerable<string> Named(string word) => word switch
    {
        "Core" => ["Fairlead.Core", "Fairlead.Protocol"],
        "Protocol" => ["Fairlead.Protocol"],
        "Linux" or "Agents" or "Callers" or "Policy" or "Routing" or "Relay" or "Control" => ["Fairlead.Core." + word],
        _ => ["Fairlead." + word],
    };

    private IEnumerable<string> UsedBy(string text, ILookup<string, string> types)
    {
        string code = WithoutRemarks(text);
        foreach (Match match in Qualified().Matches(code))
        {
            string full = match.Value;
            string? room = mayUse.Keys.Where(room => Holds(room, full)).MaxBy(room => room.Length);
            yield return room ?? full;
        }

        // "Linux.Errno" inside Fairlead.Core means the room, "directory.Agents.Count" and "Agents.Count" mean a property.
        foreach (Match match in Relative().Matches(code))
        {
            string? room = mayUse.Keys.FirstOrDefault(room => room.EndsWith("." + match.Groups["room"].Value, StringComparison.Ordinal));
            if (room is not null && types[room].Contains(match.Groups["type"].Value))
            {
                yield return room;
            }
        }
    }

    private static string WithoutRemarks(string text) => Remark().Replace(text, match => match.Value.StartsWith('/') ? "" : "\"\"");

    [GeneratedRegex(@"^\| `src/(?<room>[^`]+)` \|[^|]*\|(?<uses>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bFairlead(?:\.[A-Z]\w*)+(?<!^namespace [\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![\w.])(?:Core\.)?(?<room>[A-Z]\w*)\.(?<type>[A-Z]\w*)")]
    private static partial Regex Relative();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex Remark();
}
