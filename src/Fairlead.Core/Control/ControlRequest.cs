using System.Text.Json.Serialization;

namespace Fairlead.Core.Control;

/// <summary>One line to the control socket.</summary>
internal sealed record ControlRequest
{
    public int Version { get; init; } = 1;

    public required ControlVerb Verb { get; init; }

    /// <summary>The process that the question is about; the asking process when absent.</summary>
    public int? Pid { get; init; }

    /// <summary>What <see cref="ControlVerb.Pin"/> names: an agent, a socket, an address or a terminal.</summary>
    public string? Agent { get; init; }

    /// <summary>How long <see cref="ControlVerb.Wait"/> may take, in milliseconds; absent for no end.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Of <see cref="ControlVerb.Status"/>: tell what is known, and ask no agent anything.</summary>
    public bool? Quiet { get; init; }

    /// <summary>Of <see cref="ControlVerb.Status"/>: tell <see cref="RefusedReport.Code"/> as well.</summary>
    public bool? WithCodes { get; init; }

    /// <summary>The socket that <see cref="ControlVerb.Register"/> names.</summary>
    public string? Socket { get; init; }

    /// <summary>
    /// Descriptors that came with the line; closed when it has been answered. Of <see cref="ControlVerb.Register"/>: the socket, and its folder.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<int> Descriptors { get; init; } = [];
}
