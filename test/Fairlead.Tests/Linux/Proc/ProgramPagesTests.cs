using System.IO.MemoryMappedFiles;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Proc;

public sealed unsafe class ProgramPagesTests : IDisposable
{
    /// <summary>More than the entries that are read at once.</summary>
    private const int Count = 600;

    private static readonly int Size = Environment.SystemPageSize;

    private readonly TempFolder folder = new();
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly ProgramPages pages = new();

    public ProgramPagesTests()
    {
        string path = Path.Join(folder.Path, "program");
        File.WriteAllBytes(path, [.. Enumerable.Range(0, Count).SelectMany(page => Enumerable.Repeat((byte)page, Size))]);
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.CopyOnWrite);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite);
    }

    private byte* Start => (byte*)view.SafeMemoryMappedViewHandle.DangerousGetHandle();

    public void Dispose()
    {
        pages.Dispose();
        view.Dispose();
        file.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(Count - 1)]
    [InlineData(3, 4, 255, 256, 257, 511, 512)]
    public void What_was_written_stays_and_all_else_is_read_again_from_the_file(params int[] written)
    {
        byte[] before = [.. Enumerable.Range(0, Count).Select(page => Start[page * Size])];
        foreach (int page in written)
        {
            Start[(page * Size) + 1] = 99;
        }

        pages.Release((nuint)Start, (nuint)(Start + (Count * Size)));

        Assert.Equal(written.Length * Size / 1024, ResidentKilobytes());
        Assert.All(Enumerable.Range(0, Count), page => Assert.Equal(written.Contains(page) ? (byte)99 : (byte)page, Start[(page * Size) + 1]));
        Assert.Equal(before, Enumerable.Range(0, Count).Select(page => Start[page * Size]));
    }

    /// <summary>Of the mapping, from proc_pid_smaps(5).</summary>
    private int ResidentKilobytes()
    {
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        int header = Array.FindIndex(lines, line => line.StartsWith($"{(nuint)Start:x}-", StringComparison.Ordinal));
        string resident = lines.Skip(header).First(line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return int.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
