using Fairlead.Core.Linux.Interop;
using Fairlead.Records;

namespace Fairlead.Tests.Records;

public sealed class RecordFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Log => folder["log"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_added_and_only_their_owner_reads_them()
    {
        Assert.Equal(0, RecordFile.Append(Log, "one\n"u8));
        Assert.Equal(0, RecordFile.Append(Log, "two\n"u8));

        Assert.Equal("one\ntwo\n", File.ReadAllText(Log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }

    [Fact]
    public void After_a_line_that_was_cut_off_the_next_begins_on_its_own()
    {
        File.WriteAllText(Log, "one\ntw");
        RecordFile.Append(Log, "three\n"u8);

        Assert.Equal("one\ntw\nthree\n", File.ReadAllText(Log));
    }

    [Fact]
    public void A_file_that_was_moved_away_is_begun_anew()
    {
        RecordFile.Append(Log, "one\n"u8);
        File.Move(Log, folder["moved"]);
        RecordFile.Append(Log, "two\n"u8);

        Assert.Equal("two\n", File.ReadAllText(Log));
    }

    [Fact]
    public void A_file_that_has_grown_too_long_becomes_the_former_one()
    {
        File.WriteAllText(RecordFile.Former(Log), "oldest\n");
        File.WriteAllText(Log, new string('x', (int)RecordFile.MaxLength - 1) + "\n");
        Assert.Equal(0, RecordFile.Append(Log, "last\n"u8));
        Assert.Equal(0, RecordFile.Append(Log, "first\n"u8));

        Assert.Equal("first\n", File.ReadAllText(Log));
        Assert.Equal(RecordFile.MaxLength + 5, new FileInfo(RecordFile.Former(Log)).Length);
    }

    [Fact]
    public void What_others_may_have_placed_there_is_not_written_to()
    {
        File.CreateSymbolicLink(Log, folder["elsewhere"]);
        Assert.Equal(-Errno.ELOOP, RecordFile.Append(Log, "one\n"u8));
        Assert.False(File.Exists(folder["elsewhere"]));

        Assert.Equal(-Errno.EISDIR, RecordFile.Append(folder.Path, "one\n"u8));
        Assert.Equal(-Errno.ENXIO, RecordFile.Append("/dev/null", "one\n"u8));
        Assert.Equal(-Errno.ENOENT, RecordFile.Append(folder["no/such/folder"], "one\n"u8));
    }
}
