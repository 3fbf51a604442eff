using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Core.Control;

/// <summary>How the records of this room become one line of JSON each, without reflection.</summary>
/// <remarks>
/// A null where none may be is an error, and so is a missing required member: the daemon has another version. A member that such a daemon
/// may leave out gets its default in the init accessor, because the generated reader overwrites an initializer with null.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(MomentConverter)],
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(BuildReply))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ListReport))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(EnvironmentReport))]
[JsonSerializable(typeof(PinReport))]
[JsonSerializable(typeof(EventReport))]
[JsonSerializable(typeof(ForgottenReport))]
internal sealed partial class ControlJson : JsonSerializerContext;
