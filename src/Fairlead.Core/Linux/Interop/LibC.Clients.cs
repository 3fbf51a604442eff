using System.Runtime.InteropServices;

namespace Fairlead.Core.Linux.Interop;

/// <remarks>What the short-lived commands call; the daemon's loop never waits in any of these.</remarks>
internal static unsafe partial class LibC
{
    internal const int SO_RCVTIMEO = 20;
    internal const int SO_SNDTIMEO = 21;
    internal const short POLLIN = 1;
    internal const nuint TIOCGWINSZ = 0x5413;
    internal const nuint TCGETS = 0x5401;
    internal const nuint TCSETS = 0x5402;
    internal const nuint TCSETSW = 0x5403;
    internal const uint IXON = 0x400;
    internal const uint ISIG = 0x1;
    internal const uint ICANON = 0x2;
    internal const uint ECHO = 0x8;

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

    /// <summary>struct termios as the kernel has it (asm-generic/termbits.h); that of the C library is longer.</summary>
    internal struct Termios
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public Characters Special;
    }

    [System.Runtime.CompilerServices.InlineArray(19)]
    internal struct Characters
    {
        private byte first;
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
