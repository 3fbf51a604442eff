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
        Match[] rows = [.. Row().Matches(architecture).Cast<Match>()];
        string[] rooms = [.. rows.Select(NameIn)];
        foreach (Match row in rows)
        {
            string room = NameIn(row);
            string[] above = [.. mayUse.Keys];
            mayUse[room] = [room, .. row.Groups["uses"].Value.Trim() switch
            {
                "nothing" => [],
                "all above" => above,
                "everything" => rooms,
                var list => list.Split(", ").SelectMany(word => Named(word, rooms, room)),
            }];
        }
    }

    public IEnumerable<string> Rooms => mayUse.Keys;

    /// <summary>The rooms that lead back to themselves by way of what the table lets them use, one circle a line.</summary>
    public IEnumerable<string> Circles() => TypeCircles.In(mayUse.Keys, room => mayUse[room].Where(used => used != room))
        .Where(circle => circle.Count > 1)
        .Select(circle => $"these rooms may use each other: {string.Join(", ", circle.Order(StringComparer.Ordinal))}");

    /// <summary>Words of the table that name no room: a law that holds nobody.</summary>
    public IEnumerable<string> UnknownWords() => mayUse.SelectMany(row => row.Value).Where(used => !mayUse.ContainsKey(used)).Distinct();

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

        foreach (string used in UsedBy(text, types).Distinct().Where(used => !allowed.Contains(used)))
        {
            yield return $"{path} uses {used}";
        }
    }

    public static string RoomOf(string path) => string.Join('.', path.Split('/')[1..^1]);

    public static IEnumerable<string> TypesIn(string text) => Declaration().Matches(WithoutRemarks(text)).Select(match => match.Groups["name"].Value);

    /// <summary>The words of a file that may be names of types.</summary>
    public static IEnumerable<string> NamesIn(string text) => Name().Matches(WithoutRemarks(text)).Select(match => match.Value).Distinct();

    /// <summary>What a page calls ROOM/TYPE between backquotes, where it is not a room itself.</summary>
    public static IEnumerable<string> FilesNamedIn(string page) =>
        File().Matches(page).Select(match => match.Groups["file"].Value).Where(name => !name.StartsWith("Linux/", StringComparison.Ordinal) || name.Count(c => c == '/') > 1);

    private static string NameIn(Match row) => row.Groups["room"].Value.Replace('/', '.');

    /// <summary>
    /// A room or a group of rooms: "Core" is all of Core and Protocol, "Linux" all rooms below it, and a room brings those inside it. For one of those
    /// it is the room alone.
    /// </summary>
    private static string[] Named(string word, string[] rooms, string user)
    {
        string name = word.Replace('/', '.');
        if (user.StartsWith($"Fairlead.{name}.", StringComparison.Ordinal))
        {
            return [$"Fairlead.{name}"];
        }

        string[] starts = word == "Core" ? ["Fairlead.Core", "Fairlead.Protocol"] : [$"Fairlead.{name}", $"Fairlead.Core.{name}"];
        string[] found = [.. rooms.Where(room => starts.Any(start => Holds(start, room)))];
        return found.Length > 0 ? found : [word];
    }

    private static bool Holds(string name, string used) => used == name || used.StartsWith(name + ".", StringComparison.Ordinal);

    private IEnumerable<string> UsedBy(string text, ILookup<string, string> types)
    {
        string code = WithoutRemarks(text);
        foreach (Match match in Qualified().Matches(code))
        {
            string full = match.Value;
            string? room = mayUse.Keys.Where(room => Holds(room, full)).MaxBy(room => room.Length);
            yield return room ?? full;
        }

        // "Linux.Proc.Errno" inside Fairlead.Core means the room, "registry.Agents.Count" and "Agents.Count" mean a property.
        foreach (Match match in Relative().Matches(code))
        {
            string[] words = match.Value.Split('.');
            for (int length = words.Length - 1; length > 0; length--)
            {
                string ending = "." + string.Join('.', words[..length]);
                foreach (string room in mayUse.Keys.Where(room => room.EndsWith(ending, StringComparison.Ordinal) && types[room].Contains(words[length])))
                {
                    yield return room;
                }
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

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Relative();

    [GeneratedRegex(@"`(?<file>[A-Z]\w*(?:/[A-Z]\w*)+)`")]
    private static partial Regex File();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Name();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex Remark();
}
