using Fairlead.Core.Control;
using Fairlead.Json;

namespace Fairlead.Tests.Control;

/// <summary>The lines that <c>fairlead events</c> prints: programs rely on them.</summary>
public sealed class EventReportTests
{
    internal static EventReport Signature { get; } = new()
    {
        Event = EventReport.RequestKind,
        Time = new DateTimeOffset(2026, 11, 22, 12, 0, 3, 123, TimeSpan.Zero),
        Caller = new EventCallerReport { Pid = 4711, Command = "ssh", Terminal = "pts/5", Multiplexer = "tmux", Pane = "%3", Destination = "web01" },
        Request = "sign",
        Outcome = "answered",
        Milliseconds = 12.3,
        Agent = "203.0.113.7 (pts/3)",
        Socket = "/tmp/ssh-XXXXzLUSs7/agent.4242",
        Reason = "attached",
        Key = new KeyReport { Type = "ssh-ed25519", Fingerprint = "SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE", Comment = "home-key" },
        Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:b+zK6T71KxNQ7kIoE7YsFLAVv6frETl0H4bvcg5FlSg", Name = "web01", Proven = true },
    };

    [Fact]
    public void A_request_is_one_line_that_says_all_of_it() =>
        Snapshot.Matches("events.jsonl", string.Concat(new[]
        {
            Signature,
            new EventReport
            {
                Event = EventReport.RequestKind,
                Time = Signature.Time,
                Caller = new EventCallerReport { Pid = 0 },
                Request = "list",
                Outcome = "held",
                AskedBy = Signature.Host,
            },
            new EventReport { Event = EventReport.RequestKind, Time = Signature.Time, Request = "list", Outcome = "answered", Milliseconds = 0.4, Keys = 2 },
            Signature with { Outcome = "asked", Milliseconds = null, Agent = null, Socket = null, Reason = null, Rule = 12 },
            Signature with { Outcome = "refused-by-you", Milliseconds = 4100, Agent = null, Socket = null, Reason = null, Rule = 12, Verdict = new VerdictReport { Verdict = "no", Place = "pts/3" } },
            Signature with { Verdict = new VerdictReport { Verdict = "yes", Place = "pts/3", Earlier = true } },
            new EventReport { Event = EventReport.MissedKind, Time = Signature.Time, Count = 5 },
        }.Select(report => JsonLine.Of(report, ControlJson.Default.EventReport))));
}
