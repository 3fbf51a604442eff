using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>What fairlead asks about its own process, and sets for it.</summary>
internal static unsafe class CurrentProcess
{
    public static uint Uid => LibC.getuid();

    /// <summary>Asked once, because each connection compares it.</summary>
    public static int Pid { get; } = LibC.getpid();

    /// <summary>
    /// Whether this process runs in a user namespace of its own, as a sandboxed shell does: the first namespace maps all 2^32 - 1 ids
    /// onto themselves (user_namespaces(7)).
    /// </summary>
    public static bool IsInPrivateUserNamespace
    {
        get
        {
            Span<byte> map = stackalloc byte[256];
            int length = SmallFile.Read("/proc/self/uid_map", map);
            if (length <= 0)
            {
                return false;
            }

            string[] fields = System.Text.Encoding.ASCII.GetString(map[..length]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return !(fields is ["0", "0", "4294967295"]);
        }
    }

    /// <summary>
    /// Bytes of resident memory (proc_pid_statm(5)): the process's own, and pages of files. The kernel counts in steps, so some hundred
    /// kilobytes may be missing.
    /// </summary>
    public static (long Own, long OfFiles) ResidentMemory
    {
        get
        {
            Span<byte> counts = stackalloc byte[256];
            int length = SmallFile.Read("/proc/self/statm", counts);
            string[] fields = System.Text.Encoding.ASCII.GetString(counts[..Math.Max(0, length)]).Split(' ');
            return fields.Length > 2 && long.TryParse(fields[1], out long all) && long.TryParse(fields[2], out long ofFiles)
                ? ((all - ofFiles) * Environment.SystemPageSize, ofFiles * Environment.SystemPageSize)
                : default;
        }
    }

    /// <summary>
    /// Secrets pass through this memory: no core file, no ptrace and no /proc/PID/mem by other processes of the same user
    /// (PR_SET_DUMPABLE, prctl(2)).
    /// </summary>
    public static void ForbidDumps()
    {
        _ = LibC.prctl(LibC.PR_SET_DUMPABLE, 0, 0, 0, 0);
        var none = default(LibC.ResourceLimit);
        _ = LibC.setrlimit(LibC.RLIMIT_CORE, &none);
    }

    /// <summary>How many descriptors may be open at once (RLIMIT_NOFILE).</summary>
    public static long DescriptorLimit
    {
        get
        {
            LibC.ResourceLimit limit;
            return LibC.getrlimit(LibC.RLIMIT_NOFILE, &limit) == 0 ? (long)Math.Min(limit.Soft, long.MaxValue) : long.MaxValue;
        }
    }

    /// <summary>As many descriptors as the system allows: each conversation holds two.</summary>
    public static void RaiseDescriptorLimit()
    {
        LibC.ResourceLimit limit;
        if (LibC.getrlimit(LibC.RLIMIT_NOFILE, &limit) == 0)
        {
            limit.Soft = limit.Hard;
            _ = LibC.setrlimit(LibC.RLIMIT_NOFILE, &limit);
        }
    }

    /// <summary>Only the owner has access to files and sockets from the moment they exist.</summary>
    public static void RestrictNewFiles() => _ = LibC.umask(0x3f);
}
