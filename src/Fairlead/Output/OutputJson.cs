using System.Text.Json.Serialization;

namespace Fairlead.Output;

/// <summary>The reports that no daemon makes, as JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PathReport))]
[JsonSerializable(typeof(ConfigurationReport))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class OutputJson : JsonSerializerContext;
