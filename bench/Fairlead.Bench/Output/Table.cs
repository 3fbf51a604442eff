using System.Text;
using System.Text.Json;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Output;

/// <summary>The rows under each other, readable as they are and as Markdown.</summary>
internal static class Table
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string ToText(IReadOnlyList<Row> rows) => string.Join('\n', rows.GroupBy(row => row.Kind).Select(kind => ToText([.. kind])));

    private static string ToText(Row[] rows)
    {
        string[] relays = [.. rows.SelectMany(row => row.Cells).Select(cell => cell.Column).Distinct().OrderBy(Rank)];
        List<string[]> lines = [["what", .. relays, "budget", "", "note"]];
        lines.AddRange(rows.Select(row => Line(row, relays)));
        int[] widths = [.. lines[0].Select((_, column) => lines.Max(line => line[column].Length))];
        lines.Insert(1, [.. widths.Select(width => new string('-', width))]);
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            text.AppendLine($"| {string.Join(" | ", line.Select((field, column) => field.PadRight(widths[column])))} |");
        }

        return text.ToString();
    }

    public static string ToJson(IReadOnlyList<Row> rows) => JsonSerializer.Serialize(rows, Json) + "\n";

    private static string[] Line(Row row, string[] relays) =>
    [
        row.What,
        .. relays.Select(relay => row.Cells.FirstOrDefault(cell => cell.Column == relay)?.Text ?? ""),
        row.Budget?.Text ?? "",
        row.Budget switch { null => "", { IsMet: true } => "ok", _ => "OVER" },
        row.Note,
    ];

    private static int Rank(string relay) => relay switch { Relay.Direct => 0, Relay.Fairlead => 1, Relay.Floor => 2, _ => 3 };
}
