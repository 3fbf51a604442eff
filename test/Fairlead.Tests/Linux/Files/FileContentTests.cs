using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests.Linux.Files;

public sealed class FileContentTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_read_whole_and_one_that_says_no_length_too()
    {
        string text = string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number}\n"));
        File.WriteAllText(folder["file"], text);
        Assert.Equal(0, FileContent.TryRead(folder["file"], out byte[] bytes));
        Assert.Equal(text, Encoding.ASCII.GetString(bytes));

        Assert.Equal(0, FileContent.TryReadText("/proc/self/status", out string status));
        Assert.EndsWith("\n", status, StringComparison.Ordinal);
        Assert.Contains("nonvoluntary_ctxt_switches", status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("device")]
    [InlineData("endless")]
    public void What_is_no_file_is_said_at_once(string what)
    {
        string path = what switch
        {
            "pipe" => folder.MakePipe(what),
            "socket" => folder.Bind(what),
            "device" => "/dev/null",
            _ => Link(what, "/dev/zero"),
        };
        Assert.Equal(-Errno.ENXIO, FileContent.TryRead(path, out byte[] bytes));
        Assert.Empty(bytes);
        Assert.Equal(-Errno.ENXIO, FileContent.TryReadText(path, out string text));
        Assert.Equal("", text);
    }

    [Fact]
    public void A_folder_and_nothing_are_said_as_the_system_says_them()
    {
        Assert.Equal(-Errno.EISDIR, FileContent.TryRead(folder.Path, out _));
        Assert.Equal(-Errno.ENOENT, FileContent.TryRead(Link("nowhere", folder["nothing"]), out _));
    }

    /// <summary>Its length is the system's to say: no memory is taken for it.</summary>
    [Fact]
    public void What_is_too_long_is_not_read()
    {
        File.WriteAllText(folder["short"], "12345678");
        Assert.Equal(0, FileContent.TryRead(folder["short"], out byte[] bytes, 8));
        Assert.Equal("12345678"u8, bytes);
        Assert.Equal(-Errno.EFBIG, FileContent.TryRead(folder["short"], out _, 7));

        using (FileStream sparse = File.Create(folder["sparse"]))
        {
            sparse.SetLength(1L << 40);
        }

        Assert.Equal(-Errno.EFBIG, FileContent.TryRead(folder["sparse"], out _));
    }

    [Fact]
    public void One_that_hides_its_length_ends_at_the_limit_as_well() =>
        Assert.Equal(-Errno.EFBIG, FileContent.TryRead("/proc/self/status", out _, 100));

    [Theory]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, (byte)'a' })]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a', 0 })]
    [InlineData(new byte[] { (byte)'a' })]
    public void The_mark_of_an_encoding_is_understood(byte[] bytes)
    {
        File.WriteAllBytes(folder["text"], bytes);
        Assert.Equal(0, FileContent.TryReadText(folder["text"], out string text));
        Assert.Equal("a", text);
    }

    [Fact]
    public void Small_files_are_not_waited_for_either() => Assert.Equal(0, SmallFile.Read(folder.MakePipe("pipe"), new byte[8]));

    private string Link(string name, string target)
    {
        File.CreateSymbolicLink(folder[name], target);
        return folder[name];
    }
}
