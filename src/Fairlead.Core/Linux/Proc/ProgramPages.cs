using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>
/// The memory that holds this program's own file. The kernel maps sixteen pages around each page that is used, so that the start of a
/// program leaves nearly all of its file resident. What is given back and needed again is mapped again from the page cache.
/// </summary>
/// <remarks>
/// /proc/self/pagemap (pagemap of the kernel's admin guide) says of each page whether it is still as in the file. Open it before
/// <see cref="CurrentProcess.ForbidDumps"/>, after which it belongs to root; it costs a descriptor.
/// </remarks>
internal sealed unsafe class ProgramPages : IDisposable
{
    private const int MADV_DONTNEED = 4;

    /// <summary>The bits of an entry, which is for one page.</summary>
    private const ulong IsPresent = 1UL << 63;
    private const ulong IsSwapped = 1UL << 62;
    private const ulong IsOfFile = 1UL << 61;

    /// <summary>Pages that are looked at before they are given back: few, because another thread must not write to one in between.</summary>
    private const int Step = 16;

    /// <summary>None if the file may be on another machine: the daemon would wait for it, should it be needed again while that is down.</summary>
    private readonly (nuint Start, nuint End)[] segments = FileSystem.MayBlock(OwnProgram.Path) ? [] : FindSegments();

    /// <summary>Negative if the kernel has none.</summary>
    private readonly int pagemap = LibC.openat(LibC.AT_FDCWD, "/proc/self/pagemap", LibC.O_RDONLY | LibC.O_CLOEXEC, 0);

    /// <summary>
    /// Gives back all pages that are still as in the file. No other thread may write to the program's variables meanwhile: what it writes
    /// to such a page between the look and the call would be lost. The runtime's own thread, for finalizers, sleeps until a collection.
    /// </summary>
    public void Release()
    {
        foreach ((nuint start, nuint end) in segments)
        {
            Release(start, end);
        }
    }

    /// <inheritdoc cref="Release()"/>
    /// <param name="start">The address of a page in a private mapping of a file.</param>
    /// <param name="end">The address after its last page.</param>
    internal void Release(nuint start, nuint end)
    {
        nuint size = (nuint)Environment.SystemPageSize;
        Span<ulong> entries = stackalloc ulong[Step];
        for (nuint first = start; first < end && TryRead(first / size, entries); first += Step * size)
        {
            nuint last = Math.Min(end, first + (Step * size));
            nuint unchanged = first;
            for (nuint page = first; page < last; page += size)
            {
                if (IsWritten(entries[(int)((page - first) / size)]))
                {
                    GiveBack(unchanged, page);
                    unchanged = page + size;
                }
            }

            GiveBack(unchanged, last);
        }
    }

    public void Dispose() => Descriptor.Close(pagemap);

    private bool TryRead(nuint page, Span<ulong> entries)
    {
        fixed (ulong* first = entries)
        {
            int length = entries.Length * sizeof(ulong);
            return LibC.pread(pagemap, (byte*)first, (nuint)length, (nint)page * sizeof(ulong)) == length;
        }
    }

    /// <summary>A page that was written to belongs to the process alone, in memory or in swap.</summary>
    private static bool IsWritten(ulong entry) => (entry & IsSwapped) != 0 || (entry & (IsPresent | IsOfFile)) == IsPresent;

    private static void GiveBack(nuint start, nuint end)
    {
        if (start < end)
        {
            _ = LibC.madvise((void*)start, end - start, MADV_DONTNEED);
        }
    }

    /// <summary>Where the program's file is in memory, in whole pages (getauxval(3), elf(5)).</summary>
    private static (nuint Start, nuint End)[] FindSegments()
    {
        var headers = new ReadOnlySpan<LibC.ProgramHeader>((void*)LibC.getauxval(LibC.AT_PHDR), (int)LibC.getauxval(LibC.AT_PHNUM));
        nuint moved = 0;
        var found = new List<(nuint, nuint)>();
        foreach (LibC.ProgramHeader header in headers)
        {
            if (header.Type == LibC.PT_PHDR)
            {
                moved = LibC.getauxval(LibC.AT_PHDR) - header.Address; // of a program that can be at any address
            }
            else if (header.Type == LibC.PT_LOAD)
            {
                nuint mask = (nuint)Environment.SystemPageSize - 1;
                found.Add(((moved + header.Address) & ~mask, (moved + header.Address + header.LengthInFile + mask) & ~mask));
            }
        }

        return [.. found];
    }
}
