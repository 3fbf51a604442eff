using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Files;

/// <summary>FileStatus and OpenDirectory look at what is there, never at where a link points.</summary>
public sealed class FileStatusTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_kind_is_told_apart()
    {
        File.WriteAllText(folder["file"], "");
        File.CreateSymbolicLink(folder["link"], folder["file"]);
        Assert.Equal(FileKind.Regular, Read(folder["file"]).Kind);
        Assert.Equal(FileKind.Directory, Read(folder.Path).Kind);
        Assert.Equal(FileKind.Socket, Read(folder.Bind("socket")).Kind);
        Assert.Equal(FileKind.SymbolicLink, Read(folder["link"]).Kind);
        Assert.Equal(-Errno.ENOENT, FileStatus.TryRead(folder["nothing"], out FileStatus nothing));
        Assert.Equal(default, nothing);
    }

    [Theory]
    [InlineData(0x1c0u, false, false)] // 0700
    [InlineData(0x1edu, false, false)] // 0755
    [InlineData(0x1f8u, true, false)] // 0770
    [InlineData(0x1c2u, true, false)] // 0702
    [InlineData(0x3ffu, true, true)] // 1777
    public void Modes_are_read_as_they_are(uint mode, bool writableByOthers, bool sticky)
    {
        FileStatus status = Read(folder.Make("mode", mode));
        Assert.Equal((mode, writableByOthers, sticky), (status.Permissions, status.IsWritableByOthers, status.IsSticky));
        Assert.Equal(CurrentProcess.Uid, status.Uid);
    }

    [Theory]
    [InlineData(300_000_000_000)] // the year 11476
    [InlineData(9_000_000_000_000_000_000)]
    [InlineData(-9_000_000_000_000_000_000)]
    public void A_time_outside_the_calendar_is_an_end_of_it(long seconds)
    {
        using var memory = TempFolder.InMemory();
        memory.Make("folder");
        memory.Touch("folder", seconds);
        DateTimeOffset end = seconds > 0 ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;
        Assert.Equal(end.Year, Read(memory["folder"]).Modified.Year);
    }

    [Fact]
    public void Path_name_and_descriptor_lead_to_the_same_file()
    {
        folder.Bind("socket");
        Assert.Equal(0, OpenDirectory.TryOpen(folder.Path, out OpenDirectory? opened));
        using OpenDirectory directory = opened!;
        Assert.Equal(0, FileStatus.TryRead(directory.Descriptor, "socket", out FileStatus byName));
        Assert.Equal(Read(folder["socket"]), byName);
        Assert.Equal(Read(folder.Path).Identity, directory.Status.Identity);
    }

    [Fact]
    public void A_directory_is_not_opened_through_a_link()
    {
        folder.Make("real");
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);
        Assert.True(OpenDirectory.TryOpen(folder["link"], out OpenDirectory? opened) < 0);
        Assert.Null(opened);
        Assert.Equal(-Errno.ENOTDIR, OpenDirectory.TryOpen(folder.Bind("socket"), out _));
        Assert.Equal(-Errno.ENOENT, OpenDirectory.TryOpen(folder["nothing"], out _));
    }

    [Fact]
    public void Only_names_with_the_prefix_are_listed_with_their_inodes()
    {
        folder.Make("ssh-one");
        folder.Make("ssh-two");
        folder.Make("other");
        Assert.Equal(0, OpenDirectory.TryOpen(folder.Path, out OpenDirectory? opened));
        using OpenDirectory directory = opened!;
        List<DirectoryEntry> entries = directory.EntriesWith("ssh-"u8);
        Assert.Equal(["ssh-one", "ssh-two"], entries.Select(entry => entry.Name).Order());
        Assert.All(entries, entry => Assert.Equal(Read(folder[entry.Name]).Identity.Inode, entry.Inode));
    }

    [Fact]
    public void What_is_opened_stays_what_it_was_when_another_takes_its_name()
    {
        folder.Make("ours");
        Assert.Equal(0, OpenDirectory.TryOpen(folder["ours"], out OpenDirectory? opened));
        using OpenDirectory directory = opened!;
        FileStatus before = directory.Status;
        Directory.Move(folder["ours"], folder["moved"]);
        folder.Make("ours");
        folder.Bind("ours/agent.1");
        Assert.Equal(before.Identity, directory.Status.Identity);
        Assert.Empty(directory.EntriesWith("agent."u8));
    }

    private static FileStatus Read(string path)
    {
        Assert.Equal(0, FileStatus.TryRead(path, out FileStatus status));
        return status;
    }
}
