using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>
/// Gives back the pages of the executable that only the start needed. The kernel maps sixteen pages around each page that is used, so that
/// the start of a program leaves nearly all of its file resident. Pages that the relay needs again are mapped again from the page cache.
/// </summary>
internal static unsafe class StartupPages
{
    private const int MADV_DONTNEED = 4;

    /// <summary>The program's own mappings come first, because it is linked to low addresses; each takes less than a kilobyte.</summary>
    private const int MaxLength = 8 * 1024;

    /// <summary>Found once: nobody can write to these later, and to find them takes a hundred kilobytes of the heap.</summary>
    private static List<(nuint Start, nuint End)>? unchanged;

    public static void Release()
    {
        foreach ((nuint start, nuint end) in unchanged ??= Find())
        {
            _ = LibC.madvise((void*)start, end - start, MADV_DONTNEED);
        }
    }

    private static List<(nuint Start, nuint End)> Find()
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        int length = SmallFile.Read("/proc/self/smaps", buffer);
        return Unchanged(Encoding.UTF8.GetString(buffer[..Math.Max(0, length)]), OwnProgram.Path);
    }

    /// <summary>
    /// The program's mappings that cannot be written to and that nobody has written to before either: "Anonymous: 0" (proc_pid_smaps(5)).
    /// The loader and the runtime write to some pages before they protect them, and those would be read again as they are in the file.
    /// </summary>
    /// <param name="smaps">A header line for each mapping, then "Name: value" lines.</param>
    internal static List<(nuint Start, nuint End)> Unchanged(string smaps, string program)
    {
        var unchanged = new List<(nuint, nuint)>();
        (nuint, nuint)? candidate = null;
        foreach (string line in smaps.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is [var range, [_, _, _, 'p' or 's'] permissions, ..])
            {
                bool isReadOnlyProgram = line.EndsWith(program, StringComparison.Ordinal) && permissions[1] != 'w';
                candidate = isReadOnlyProgram ? ParseRange(range) : null;
            }
            else if (fields is ["Anonymous:", "0", ..] && candidate is (nuint, nuint) clean)
            {
                unchanged.Add(clean);
            }
        }

        return unchanged;
    }

    private static (nuint Start, nuint End)? ParseRange(string range) =>
        range.Split('-') is [var first, var last] && TryParse(first, out nuint start) && TryParse(last, out nuint end) && start < end ? (start, end) : null;

    private static bool TryParse(string address, out nuint number) =>
        nuint.TryParse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
