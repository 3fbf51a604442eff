using System.Text.Json.Serialization;

namespace Fairlead.Output.Hosts;

/// <summary>The report of a deploy as JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeployReport))]
internal sealed partial class DeployJson : JsonSerializerContext;
