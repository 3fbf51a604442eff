using System.Diagnostics;
using CsCheck;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>The list that outlives a kill: what it gives back, and what no file in its place can do.</summary>
public sealed class StalePathRecordTests : IDisposable
{
    private readonly OldPathScene scene = new();
    private readonly string path;
    private readonly StalePathRecord record;
    private readonly StalePathFile[] files;

    public StalePathRecordTests()
    {
        path = scene.Folder["host.healed"];
        record = new StalePathRecord([new RecordPlace(path, () => true, () => true)], scene.Places, CurrentProcess.Uid);
        files =
        [
            new StalePathFile(scene.Path(number: 1), new FileIdentity(1, 2)),
            new StalePathFile(scene.PathInHome(), new FileIdentity(ulong.MaxValue, ulong.MaxValue)),
        ];
    }

    public void Dispose() => scene.Dispose();

    [Fact]
    public void What_was_written_is_read_and_is_the_owner_s_alone()
    {
        Assert.Equal(0, record.Write(files));
        Assert.Equal(files, record.Read());
        Assert.Equal(0x180u, OldPathScene.StatusOf(path).Permissions);
    }

    [Fact]
    public void Without_entries_there_is_no_file()
    {
        Assert.Equal(0, record.Write(files));
        Assert.Equal(0, record.Write([]));
        Assert.False(Path.Exists(path));
        Assert.Empty(record.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\n")]
    [InlineData("1 2\n3\n\n   \n")]
    [InlineData("one two {0}/ssh-AAAAAAAAAA/agent.1\n")]
    [InlineData("-1 2 {0}/ssh-AAAAAAAAAA/agent.1\n")]
    [InlineData("1 99999999999999999999 {0}/ssh-AAAAAAAAAA/agent.1\n")]
    [InlineData("1 2 /etc/passwd\n1 2 {0}/ssh-AAAAAAAAAA/../../etc\n1 2 relative\n")]
    public void Nonsense_lists_nothing(string text)
    {
        File.WriteAllText(path, text.Replace("{0}", scene.Shared, StringComparison.Ordinal));
        Assert.Empty(record.Read());
    }

    [Fact]
    public void A_line_that_is_nonsense_does_not_hide_the_others()
    {
        File.WriteAllText(path, $"what?\n1 2 {files[0].Path.Path}\n\u00ff\u00ff");
        Assert.Equal([files[0]], record.Read());
    }

    [Fact]
    public void A_file_that_is_not_ours_or_that_others_may_write_to_lists_nothing()
    {
        Assert.Equal(0, record.Write(files));
        Assert.Equal(0, LibC.chmod(path, 0x1b6)); // 0666
        Assert.Empty(record.Read());
        Assert.Equal(0, LibC.chmod(path, 0x180));
        Ownership.Give(path, OldPathScene.Stranger);
        Assert.Empty(record.Read());
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        Assert.Equal(0, record.Write(files));
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(1L << 40);
        }

        Assert.Empty(record.Read());
    }

    [Fact]
    public void Of_too_many_lines_the_first_count()
    {
        File.WriteAllLines(path, Enumerable.Range(1, 200).Select(number => $"1 2 {scene.Path(number: number).Path}"));
        Assert.Equal(StalePathSockets.Max, record.Read().Count);
    }

    [Fact]
    public void A_link_in_its_place_is_not_followed_and_goes_with_the_next_list()
    {
        string target = scene.Folder["target"];
        File.WriteAllText(target, $"1 2 {files[0].Path.Path}\n");
        File.CreateSymbolicLink(path, target);
        Assert.Empty(record.Read());

        Assert.Equal(0, record.Write(files));

        Assert.Equal(files, record.Read());
        Assert.Equal($"1 2 {files[0].Path.Path}\n", File.ReadAllText(target));
    }

    [Fact]
    public void A_pipe_in_its_place_holds_nobody_up()
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Empty(record.Read());
        Assert.Equal(0, record.Write(files));
        Assert.Equal(files, record.Read());
    }

    /// <summary>A home that is full: the next place takes it, and gives it back when there is room again.</summary>
    [Fact]
    public void Where_the_first_place_takes_nothing_the_next_does_and_a_folder_of_another_user_is_not_touched()
    {
        string next = scene.Folder["next.healed"];
        string strangers = scene.Folder["stranger.healed"];
        File.WriteAllText(strangers, "his");
        Directory.CreateDirectory(path);
        var places = new StalePathRecord(
            [new RecordPlace(path, () => true, () => true), new RecordPlace(strangers, () => false, () => false), new RecordPlace(next, () => true, () => true)],
            scene.Places,
            CurrentProcess.Uid);

        Assert.Equal(0, places.Write(files));
        Assert.Equal((0, true), (places.Trouble, File.Exists(next)));
        Assert.Equal(files, places.Read());

        Directory.Delete(path);
        Assert.Equal(0, places.Write(files));
        Assert.False(File.Exists(next));
        Assert.Equal("his", File.ReadAllText(strangers));
    }

    [Fact]
    public void A_folder_in_its_place_is_an_error_and_stays()
    {
        Directory.CreateDirectory(path);
        Assert.Empty(record.Read());
        Assert.True(record.Write(files) < 0);
        Assert.True(record.Write([]) < 0);
        Assert.True(Directory.Exists(path));
        Assert.False(Path.Exists($"{path}.new"));
    }

    [Fact]
    public void Any_list_that_is_written_is_read() =>
        Gen.Select(Gen.Int[0, 99999], Gen.ULong, Gen.ULong).Array[1, StalePathSockets.Max].Sample(
            drafts =>
            {
                StalePathFile[] written = [.. drafts.Select(draft => new StalePathFile(scene.Path(number: draft.Item1), new FileIdentity(draft.Item2, draft.Item3)))];
                Assert.Equal(0, record.Write(written));
                Assert.Equal(written, record.Read());
            },
            threads: 1);

    [Fact]
    public void Any_bytes_list_only_what_sshd_may_have_made() =>
        Noise.BytesAround("1 ", "22 ", "\n", $"{scene.Shared}/ssh-AAAAAAAAAA/agent.1", "18446744073709551615 ", "-", "/", "\0").Sample(
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                IReadOnlyList<StalePathFile> listed = record.Read();
                Assert.InRange(listed.Count, 0, StalePathSockets.Max);
                Assert.All(listed, file => Assert.NotNull(scene.Places.Recognise(file.Path.Path)));
            },
            threads: 1);
}
