using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fairlead.Json;

/// <summary>A report as one line of JSON.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = new JsonLineEncoder() };

    /// <param name="type">How the report's properties are written: <c>ControlJson.Default.StatusReport</c>.</param>
    /// <returns>The line with its line feed.</returns>
    public static string Of<T>(T report, JsonTypeInfo<T> type)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(line, Options))
        {
            JsonSerializer.Serialize(writer, report, type);
        }

        return Encoding.UTF8.GetString(line.WrittenSpan) + "\n";
    }
}
