using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The files that a process sees (mount_namespaces(7)). A path that one of another namespace names is another file there.</summary>
internal static class MountNamespace
{
    private static string? own;

    /// <summary>False, too, for a process that is gone or may not be looked into.</summary>
    public static bool IsOurs(int pid) =>
        SymbolicLink.TryRead($"/proc/{pid}/ns/mnt", out string theirs)
        && (own ??= SymbolicLink.TryRead("/proc/self/ns/mnt", out string ours) ? ours : null) == theirs;
}
