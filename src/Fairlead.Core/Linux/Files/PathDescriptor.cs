using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A descriptor that names a file and opens nothing (O_PATH, open(2)): it stays that file whatever becomes of its path, and in whatever mount namespace it was found.
/// </summary>
internal static class PathDescriptor
{
    /// <returns>The descriptor, or minus errno. A symbolic link is named itself, not followed.</returns>
    public static int Open(string path) => OpenIn(LibC.AT_FDCWD, path);

    /// <returns>The descriptor of a folder, or minus errno. A symbolic link is followed.</returns>
    public static int OpenFolder(string path) => LibC.Result(LibC.openat(LibC.AT_FDCWD, path, LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0));

    /// <inheritdoc cref="Open"/>
    public static int OpenIn(int folder, string name) =>
        LibC.Result(LibC.openat(folder, name, LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0));

    /// <summary>A path of this process that leads to the file (proc_pid_fd(5)): connect(2) takes no descriptor.</summary>
    public static string PathOf(int descriptor) => $"/proc/self/fd/{descriptor}";
}
