using System.Globalization;
using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>
/// Gives back the pages of the executable that only the start needed. The kernel maps sixteen pages around each one that is touched, so that the
/// start of a program leaves nearly all of its file resident; what the relay needs again is mapped again from the page cache.
/// </summary>
internal static unsafe class StartupPages
{
    private const int MADV_DONTNEED = 4;
    private const int MaxMaps = 64 * 1024;

    /// <remarks>
    /// Only code, and what stands before it (constants), is let go. What stands behind it has been written to, if only by the
    /// loader, and would come back as it is in the file.
    /// </remarks>
    public static void Release()
    {
        byte[] buffer = new byte[MaxMaps];
        int length = ProcessFile.Read("/proc/self/maps", buffer);
        string program = OwnProgram.Path;
        foreach (string line in Encoding.UTF8.GetString(buffer, 0, Math.Max(0, length)).Split('\n'))
        {
            if (!line.EndsWith(program, StringComparison.Ordinal))
            {
                continue;
            }

            string[] range = line[..line.IndexOf(' ')].Split('-');
            nuint start = nuint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            nuint end = nuint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _ = LibC.madvise((void*)start, end - start, MADV_DONTNEED);
            if (line.Contains(" r-xp "))
            {
                return;
            }
        }
    }
}
