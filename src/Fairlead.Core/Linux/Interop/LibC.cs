using System.Runtime.InteropServices;

namespace Fairlead.Core.Linux.Interop;

/// <summary>The C library's entry points, unchanged. Each wrapper that other rooms use is beside the thing that it is for.</summary>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    /// <summary>The call's result, or minus errno.</summary>
    internal static int Result(int returned) => returned >= 0 ? returned : -Marshal.GetLastPInvokeError();

    /// <inheritdoc cref="Result(int)"/>
    internal static int Result(nint returned) => returned >= 0 ? (int)returned : -Marshal.GetLastPInvokeError();

    [LibraryImport(Library)]
    internal static partial uint getuid();

    [LibraryImport(Library)]
    internal static partial int getpid();

    [LibraryImport(Library)]
    internal static partial nint getrandom(byte* buffer, nuint length, uint flags);

    [LibraryImport(Library)]
    internal static partial uint umask(uint mask);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport(Library)]
    internal static partial int clock_gettime(int clock, long* secondsAndNanoseconds);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int gethostname(byte* name, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setrlimit(int resource, ResourceLimit* limit);

    /// <summary>struct rlimit of getrlimit(2).</summary>
    internal struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
