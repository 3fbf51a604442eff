using System.Runtime.InteropServices;

namespace Fairlead.Core.Linux;

/// <remarks>What the short-lived commands call; the daemon's loop never waits in any of these.</remarks>
internal static unsafe partial class LibC
{
    internal const int SO_RCVTIMEO = 20;
    internal const int SO_SNDTIMEO = 21;
    internal const short POLLIN = 1;
    internal const nuint TIOCGWINSZ = 0x5413;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int descriptor, nuint request, void* argument);

    /// <summary>struct winsize of ioctl_tty(2).</summary>
    internal struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    /// <summary>struct pollfd of poll(2).</summary>
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>struct timeval of a 64-bit Linux.</summary>
    internal struct TimeValue
    {
        public long Seconds;
        public long Microseconds;
    }
}
