using System.Text;
using System.Text.Json;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Json;

namespace Fairlead.Records;

/// <summary>Where requests are written down, by <c>[log] to</c>: the journal, or a file.</summary>
/// <param name="Name">"journal", or the file's path.</param>
internal sealed record RecordTarget(string Name)
{
    public const string JournalName = "journal";

    private bool IsJournal => Name == JournalName;

    /// <summary>May block: run on the worker.</summary>
    /// <returns>Zero, or minus errno of the first that could not be written.</returns>
    public int Write(IReadOnlyList<EventReport> records)
    {
        (EventReport Record, string Line)[] lines = [.. records.Select(record => (record, JsonLine.Of(record, ControlJson.Default.EventReport)))];
        if (!IsJournal)
        {
            return RecordFile.Append(Name, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.Line))));
        }

        var journal = new Journal();
        return lines.Select(line => journal.Send(line.Record, line.Line)).FirstOrDefault(sent => sent < 0);
    }

    /// <summary>The records since that moment, or all that are kept, the oldest first. What is no record is left out.</summary>
    /// <param name="uid">Whose, in the journal.</param>
    /// <returns>Null when they cannot be read.</returns>
    public IReadOnlyList<EventReport>? Read(DateTimeOffset? since, uint uid)
    {
        IEnumerable<string>? lines = IsJournal ? Journal.Read(since, uid) : Lines();
        return lines is null ? null : [.. lines.Select(Parse).OfType<EventReport>().Where(record => since is null || record.Time >= since)];
    }

    private IEnumerable<string>? Lines()
    {
        string former = RecordFile.Former(Name);
        int result = FileContent.TryReadText(Name, out string text);
        return result < 0 && result != -Errno.ENOENT ? null
            : (FileContent.TryReadText(former, out string before) < 0 ? "" : before).Split('\n').Concat(text.Split('\n'));
    }

    private static EventReport? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, ControlJson.Default.EventReport);
        }
        catch (JsonException)
        {
            return null; // a line that was cut off when the disk was full
        }
    }
}
