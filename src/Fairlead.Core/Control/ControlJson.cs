using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Core.Control;

/// <summary>How the records of this room become one line of JSON each, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ListReport))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(EnvironmentReport))]
[JsonSerializable(typeof(PinReport))]
[JsonSerializable(typeof(EventReport))]
internal sealed partial class ControlJson : JsonSerializerContext;
