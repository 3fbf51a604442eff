using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The files that a process sees (mount_namespaces(7)). A path in a process of another namespace is another file there.</summary>
internal static class MountNamespace
{
    private static string? own;

    /// <summary>Also false for a process that is gone or may not be read.</summary>
    public static bool IsOurs(int pid) =>
        SymbolicLink.TryRead($"/proc/{pid}/ns/mnt", out string theirs)
        && (own ??= SymbolicLink.TryRead("/proc/self/ns/mnt", out string ours) ? ours : null) == theirs;
}
