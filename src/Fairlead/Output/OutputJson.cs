using System.Text.Json.Serialization;

namespace Fairlead.Output;

/// <summary>The reports that no daemon makes, as JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PathReport))]
[JsonSerializable(typeof(ConfigurationReport))]
internal sealed partial class OutputJson : JsonSerializerContext;
