namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A /proc in which each user sees their own processes only (hidepid, proc(5)), as hardened servers have it: in a mount namespace that ends with the
/// command, so that nothing else on the machine sees it.
/// </summary>
internal static class HiddenProcesses
{
    public static Invocation Around(Invocation command) =>
        new(["unshare", "--mount", "sh", "-c", "mount -t proc -o hidepid=2 proc /proc && exec \"$@\"", "sh", .. command.Words]);
}
