using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A descriptor that names a file without opening it (O_PATH, open(2)): it stays that file whatever happens to its path, and in any mount
/// namespace.
/// </summary>
internal static class PathDescriptor
{
    /// <returns>The descriptor, or minus errno. Names a symbolic link itself, without following it.</returns>
    public static int Open(string path) => OpenIn(LibC.AT_FDCWD, path);

    /// <summary>
    /// As <see cref="Open"/>, but not through a link in /proc into the files that another process sees (RESOLVE_NO_MAGICLINKS, openat2(2)).
    /// Before Linux 5.6 the kernel cannot check this.
    /// </summary>
    /// <returns>The descriptor, or minus errno: ELOOP for such a link.</returns>
    public static unsafe int OpenPlainly(string path)
    {
        var how = new LibC.OpenHow { Flags = (ulong)(uint)(LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC), Resolve = LibC.RESOLVE_NO_MAGICLINKS };
        byte[] name = [.. System.Text.Encoding.UTF8.GetBytes(path), 0];
        int opened;
        fixed (byte* bytes = name)
        {
            opened = LibC.Result(LibC.syscall(LibC.SYS_openat2, LibC.AT_FDCWD, (nint)bytes, (nint)(&how), sizeof(LibC.OpenHow)));
        }

        return opened == -Errno.ENOSYS ? Open(path) : opened;
    }

    /// <returns>The descriptor of a folder, or minus errno. Follows a symbolic link.</returns>
    public static int OpenFolder(string path) => LibC.Result(LibC.openat(LibC.AT_FDCWD, path, LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0));

    /// <inheritdoc cref="Open"/>
    public static int OpenIn(int folder, string name) =>
        LibC.Result(LibC.openat(folder, name, LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0));

    /// <summary>A path to the file that is valid in this process (proc_pid_fd(5)), because connect(2) takes no descriptor.</summary>
    public static string PathOf(int descriptor) => $"/proc/self/fd/{descriptor}";
}
