using System.Diagnostics.CodeAnalysis;
using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;
using Fairlead.Output;

namespace Fairlead.Handlers;

/// <summary>Turns what is known of a request into the record that <c>events</c> and <c>watch</c> show. Pure.</summary>
internal static class EventReports
{
    private const int MaxText = 256;

    /// <param name="known">The agents with their logins: a route may know no more of a login than its pid.</param>
    public static EventReport Of(RequestRecord record, IReadOnlyList<AgentFacts> known) => new()
    {
        Event = EventReport.RequestKind,
        Time = record.Began,
        Caller = Describe(record.Caller),
        Request = record.Name,
        Outcome = record.Outcome.Word(),
        Milliseconds = record.Took is TimeSpan took ? Math.Round(took.TotalMilliseconds, 1) : null,
        Agent = record.Step is RouteStep step ? AgentName.Of(step.Agent, known.FirstOrDefault(agent => agent.Agent == step.Agent)?.Login ?? step.Login) : null,
        Socket = record.Step?.Agent.Path,
        Reason = record.Step is null ? null : Reason(record.Step, known),
        Key = record.KeyBlob is byte[] key ? Describe(key, record.KeyComment) : null,
        Keys = record.Keys,
        Host = Describe(record.Host),
        AskedBy = Describe(record.AskedBy),
        Signature = record.Signature is { } signature ? new SignatureReport { User = Cut(signature.User), Namespace = Cut(signature.Namespace) } : null,
        Rule = record.Rule?.Line,
        Verdict = record.Ruling is { } ruling ? VerdictOf(ruling) : null,
    };

    public static VerdictReport VerdictOf(Ruling ruling) => new()
    {
        Verdict = ruling.Verdict.Word(),
        Place = ruling.Place,
        Earlier = ruling.IsEarlier ? true : null,
    };

    public static EventReport Missed(int count, DateTimeOffset now) => new() { Event = EventReport.MissedKind, Time = now, Count = count };

    /// <summary>Where there is one agent, no fact about the caller was asked for: the step's reason is that of a caller of whom nothing is known.</summary>
    private static string Reason(RouteStep step, IReadOnlyList<AgentFacts> known) =>
        step.Reason == RouteReason.MostRecentlyTyped && known.Count < 2 ? EventReport.OnlyReason : step.Reason.Word();

    private static EventCallerReport Describe(CallerSketch caller) => new()
    {
        Pid = caller.Pid,
        Command = caller.Command,
        Terminal = caller.Terminal,
        Multiplexer = caller.Multiplexer is { } server ? MultiplexerName.Of(server) : null,
        Pane = caller.Pane,
        Above = caller.Above is [_, ..] ? caller.Above : null,
        Folder = caller.Folder,
        Destination = caller.Destination,
    };

    private static KeyReport Describe(byte[] key, string? comment) => new()
    {
        Type = Cut(KeyFingerprint.TypeOf(key)),
        Fingerprint = KeyFingerprint.Of(key),
        Comment = Cut(comment ?? ""),
    };

    /// <summary>The caller chooses these texts: they must not fill a log, or an entry of the journal.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] + "..." : text;

    private static HostReport? Describe(BoundHost? host) => host is null
        ? null
        : new HostReport { Type = Cut(KeyFingerprint.TypeOf(host.Key)), Fingerprint = KeyFingerprint.Of(host.Key), Proven = host.IsProven };
}
