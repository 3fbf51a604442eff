using System.Text.Json.Serialization;

namespace Fairlead.Core.Control;

/// <summary>One line to the control socket.</summary>
internal sealed record ControlRequest
{
    public int Version { get; init; } = 1;

    public required ControlVerb Verb { get; init; }

    /// <summary>The process that the question is about; the asking process when absent.</summary>
    public int? Pid { get; init; }

    /// <summary>The thing to pin with <see cref="ControlVerb.Pin"/>: an agent, a socket, an address or a terminal.</summary>
    public string? Agent { get; init; }

    /// <summary>How long <see cref="ControlVerb.Wait"/> may take, in milliseconds; absent for no end.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Of <see cref="ControlVerb.Wait"/>: answer also when an agent is there that has no keys. Who waits then says so, and asks again.</summary>
    public bool? TellsEmpty { get; init; }

    /// <summary>Of <see cref="ControlVerb.Status"/>: tell what is known, and ask no agent anything.</summary>
    public bool? Quiet { get; init; }

    /// <summary>Of <see cref="ControlVerb.Status"/>: also report <see cref="RefusedReport.Code"/>.</summary>
    public bool? WithCodes { get; init; }

    /// <summary>The question's number, of <see cref="ControlVerb.Question"/> and <see cref="ControlVerb.Verdict"/>; absent for the oldest.</summary>
    public int? Question { get; init; }

    /// <summary>Of <see cref="ControlVerb.Verdict"/>: the signature may be made.</summary>
    public bool? Allow { get; init; }

    /// <summary>The socket to register with <see cref="ControlVerb.Register"/>.</summary>
    public string? Socket { get; init; }

    /// <summary>
    /// Descriptors that came with the line; closed after the reply. Of <see cref="ControlVerb.Register"/>: the socket, and its folder.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<int> Descriptors { get; init => field = value ?? []; } = [];
}
