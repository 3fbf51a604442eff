using System.Globalization;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A sandbox as people make it for a coding agent: the same user in mount and pid namespaces of its own, with no new rights, over homes and a /tmp that are empty
/// but for the folders that are handed in, read-only.
/// </summary>
internal static class Sandbox
{
    private const string Mounts =
        """
        mount -t tmpfs -o mode=755 sandbox /mnt && i=0
        for folder in $FOLDERS; do i=$((i + 1)); mkdir "/mnt/$i" && mount --bind "$folder" "/mnt/$i"; done
        mount -t tmpfs -o mode=1777 tmp /tmp && mount -t tmpfs -o mode=755 home /home && mount -t proc proc /proc && i=0
        for folder in $FOLDERS; do i=$((i + 1)); mkdir -p "$folder" && mount --bind "/mnt/$i" "$folder" && mount -o remount,bind,ro "$folder"; done
        mkdir -p "$HOME_FOLDER" && chown "$OWNER" "$HOME_FOLDER"
        exec "$@"
        """;

    /// <param name="handedIn">Absolute paths below the home.</param>
    public static Invocation Around(Stage stage, Invocation command, params string[] handedIn)
    {
        string id = stage.Person.UserId.ToString(CultureInfo.InvariantCulture);
        Invocation inner = Invocation.Of(
        [
            "setpriv", $"--reuid={id}", $"--regid={stage.Person.GroupId}", "--clear-groups", "--no-new-privs",
            "env", "-i", "-C", "/", .. stage.Person.Environment, .. command.Words,
        ]);
        return Invocation.Of(
        [
            "env", $"FOLDERS={string.Join(' ', handedIn)}", $"OWNER={id}", $"HOME_FOLDER={stage.Person.Home}",
            "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "sh", "-ec", Mounts, "sandbox", .. inner.Words,
        ]);
    }
}
