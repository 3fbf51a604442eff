using System.Net.Sockets;
using System.Text;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Records;

namespace Fairlead.Tests.Records;

public sealed class RecordTargetTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();

    private string Log => folder["log"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again_the_oldest_first()
    {
        var target = new RecordTarget(Log);
        File.WriteAllText(RecordFile.Former(Log), "");
        Assert.Equal(0, target.Write([Record(0), Record(1)]));
        File.Move(Log, RecordFile.Former(Log), overwrite: true);
        Assert.Equal(0, target.Write([Record(2)]));

        Assert.Equal([Noon, Noon.AddHours(1), Noon.AddHours(2)], Times(target.Read(null, 0)));
        Assert.Equal([Noon.AddHours(1), Noon.AddHours(2)], Times(target.Read(Noon.AddHours(1), 0)));
        Assert.Equal("root", target.Read(null, 0)![0].Signature?.User);
    }

    [Fact]
    public void A_line_that_a_full_disk_cut_off_costs_no_other()
    {
        var target = new RecordTarget(Log);
        target.Write([Record(0)]);
        File.AppendAllText(Log, "{\"version\":1,\"eve\n\n");
        target.Write([Record(1)]);

        Assert.Equal([Noon, Noon.AddHours(1)], Times(target.Read(null, 0)));
    }

    [Fact]
    public void Before_the_first_record_there_are_none() => Assert.Empty(new RecordTarget(Log).Read(null, 0)!);

    [Fact]
    public void What_cannot_be_read_is_told_from_nothing() => Assert.Null(new RecordTarget(folder.Path).Read(null, 0));

    [Fact]
    public void The_journal_gets_a_sentence_and_the_whole_record()
    {
        using var journald = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        journald.Bind(new UnixDomainSocketEndPoint(folder["journal"]));

        Assert.Equal(0, new Journal(folder["journal"]).Send(Record(0), "{\"version\":1}\n"));

        byte[] buffer = new byte[4096];
        string[] fields = Encoding.UTF8.GetString(buffer, 0, journald.Receive(buffer)).Split('\n');
        Assert.Equal(["MESSAGE=ssh (4711): sign for root@web01: answered", "PRIORITY=6", "SYSLOG_IDENTIFIER=fairlead", "FAIRLEAD_RECORD={\"version\":1}", ""], fields);
    }

    [Fact]
    public void Without_a_journal_that_is_told() => Assert.Equal(-Errno.ENOENT, new Journal(folder["journal"]).Send(Record(0), "{}"));

    private static DateTimeOffset[] Times(IReadOnlyList<EventReport>? records) => [.. records!.Select(record => record.Time)];

    private static EventReport Record(int hour) => new()
    {
        Event = EventReport.RequestKind,
        Time = Noon.AddHours(hour),
        Caller = new EventCallerReport { Pid = 4711, Command = "ssh" },
        Request = "sign",
        Outcome = "answered",
        Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc", Name = "web01", Proven = true },
        Signature = new SignatureReport { User = "root" },
    };
}
