using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

public sealed class LogViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_record_says_who_wanted_what_and_how_it_ended() => Snapshot.Matches(
        "log.txt",
        LogView.Render(
            [
                Sign(0) with
                {
                    Outcome = "answered",
                    Agent = "203.0.113.7 (pts/1)",
                    Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc", Name = "github.com", Proven = true },
                    Signature = new SignatureReport { User = "git" },
                },
                Sign(1) with { Outcome = "denied", Rule = 12, Signature = new SignatureReport { Namespace = "git" } },
                Sign(2) with { Outcome = "not-shown", Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc" } },
                new EventReport { Event = EventReport.MissedKind, Time = Noon.AddMinutes(3), Count = 7 },
            ],
            TimeZoneInfo.Utc,
            new OutputStyle(Colour: false, Width: 120)));

    private static EventReport Sign(int minute) => new()
    {
        Event = EventReport.RequestKind,
        Time = Noon.AddMinutes(minute),
        Caller = new EventCallerReport { Pid = 4711, Command = "ssh", Multiplexer = "tmux", Pane = "%3", Above = ["git", "claude", "bash"] },
        Request = "sign",
        Key = new KeyReport { Type = "ssh-ed25519", Fingerprint = "SHA256:def", Comment = "work" },
    };
}
