namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A /tmp of their own for the logins of one server, as pam_namespace and PrivateTmp make it: in a mount namespace that ends with the command. The folder of the
/// stage, which is in /tmp, too, stays where it is.
/// </summary>
internal static class PrivateTmp
{
    private const string Mounts =
        "mount --bind \"$0\" /mnt && mount -t tmpfs -o mode=1777 tmp /tmp && mkdir -p \"$0\" && mount --bind /mnt \"$0\" && umount /mnt && exec \"$@\"";

    public static Func<Invocation, Invocation> Around(Stage stage) =>
        command => new(["unshare", "--mount", "--propagation", "private", "sh", "-c", Mounts, stage.Folder, .. command.Words]);
}
