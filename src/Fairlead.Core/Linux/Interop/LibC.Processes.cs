using System.Runtime.InteropServices;

namespace Fairlead.Core.Linux.Interop;

internal static unsafe partial class LibC
{
    internal const int PR_SET_DUMPABLE = 4;
    internal const int RLIMIT_CORE = 4;
    internal const int RLIMIT_NOFILE = 7;

    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;
    internal const short POSIX_SPAWN_SETSID = 0x80;

    internal const int CLOSE_RANGE_CLOEXEC = 4;
    internal const int SIGHUP = 1;
    internal const int SIGINT = 2;
    internal const int SIGKILL = 9;
    internal const int SIGPIPE = 13;
    internal const int SIGALRM = 14;
    internal const int SIGTERM = 15;
    internal const int SIGTSTP = 20;
    internal const nint SIG_DFL = 0;
    internal const nint SIG_IGN = 1;

    /// <summary>For <see cref="pthread_sigmask"/>; the same on x86-64 and arm64.</summary>
    internal const int SIG_BLOCK = 0;

    /// <summary>sigset_t of glibc.</summary>
    internal const int SignalSetSize = 128;

    /// <summary>No less than struct sigaction, whose first field is the handler.</summary>
    internal const int SignalActionSize = 256;

    /// <summary>pidfd_open(2) has one number on every architecture, and no function in glibc before 2.36.</summary>
    internal const int SYS_pidfd_open = 434;
    internal const int SYS_openat2 = 437;

    /// <summary>Of <see cref="getauxval"/>: where the program headers are, and how many (linux/auxvec.h).</summary>
    internal const nuint AT_PHDR = 3;
    internal const nuint AT_PHNUM = 5;

    /// <summary>The type of a <see cref="ProgramHeader"/>: loaded into memory; the headers themselves.</summary>
    internal const uint PT_LOAD = 1;
    internal const uint PT_PHDR = 6;

    /// <summary>Room for posix_spawnattr_t (336 bytes in glibc), posix_spawn_file_actions_t (80) and sigset_t (128).</summary>
    internal const int SpawnStructSize = 512;

    /// <summary>Zero if the kernel did not say.</summary>
    [LibraryImport(Library)]
    internal static partial nuint getauxval(nuint type);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close_range(uint first, uint last, int flags);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(int* pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library)]
    internal static partial int sigemptyset(byte* signals);

    [LibraryImport(Library)]
    internal static partial int sigfillset(byte* signals);

    [LibraryImport(Library)]
    internal static partial int sigaddset(byte* signals, int signal);

    [LibraryImport(Library)]
    internal static partial int sigaction(int signal, byte* action, byte* before);

    [LibraryImport(Library)]
    internal static partial uint alarm(uint seconds);

    [LibraryImport(Library)]
    internal static partial void _exit(int status);

    [LibraryImport(Library)]
    internal static partial int sigismember(byte* signals, int signal);

    [LibraryImport(Library)]
    internal static partial int pthread_sigmask(int how, byte* signals, byte* before);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int pipe2(int* ends, int flags);

    [LibraryImport(Library)]
    internal static partial nint signal(int signal, nint handler);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int execvp(byte* file, byte** arguments);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    /// <summary>For calls that have no function in the C library of Debian 11.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint syscall(nint number, nint argument1, nint argument2);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint syscall(nint number, nint argument1, nint argument2, nint argument3, nint argument4);

    /// <summary>Elf64_Phdr (elf.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ProgramHeader
    {
        internal uint Type;
        internal uint Flags;
        internal nuint Offset;
        internal nuint Address;
        internal nuint PhysicalAddress;
        internal nuint LengthInFile;
        internal nuint LengthInMemory;
        internal nuint Alignment;
    }
}
