using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Reads and writes whole files of a person, and tells errors as errno does. Links are followed.</summary>
internal static class FileContent
{
    /// <summary>Those of a file that touch(1) makes; the umask takes its part away.</summary>
    private const uint NewFile = 0x1b6;

    /// <summary>As <see cref="NewFile"/>, for mkdir(1).</summary>
    private const uint NewFolder = 0x1ff;

    /// <returns>Zero, or minus errno: EISDIR and EINVAL for what is no regular file, which is not opened, for a pipe would be waited for.</returns>
    public static int TryRead(string path, out byte[] bytes)
    {
        bytes = [];
        int result = FileStatus.TryReadTarget(path, out FileStatus status);
        if (result < 0 || status.Kind != FileKind.Regular)
        {
            return result < 0 ? result : status.Kind == FileKind.Directory ? -Errno.EISDIR : -Errno.EINVAL;
        }

        byte[] buffer = new byte[status.Length];
        int read = SmallFile.Read(path, buffer);
        bytes = read < 0 ? [] : buffer[..read];
        return Math.Min(read, 0);
    }

    /// <summary>Writes through the file that is there, which keeps its mode, its owner and the links to it, or makes one.</summary>
    /// <param name="isPrivate">It must be new, and is for its owner alone.</param>
    /// <returns>Zero, or minus errno: what was in the file may be lost in part, but not where it could not be opened.</returns>
    public static int Write(string path, ReadOnlySpan<byte> bytes, bool isPrivate = false)
    {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NONBLOCK | LibC.O_CLOEXEC | (isPrivate ? LibC.O_EXCL | LibC.O_NOFOLLOW : 0);
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, isPrivate ? FilePermissions.OwnersReadAndWrite : NewFile));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int result = 0;
        for (int offset = 0; offset < bytes.Length && result >= 0; offset += Math.Max(result, 0))
        {
            result = Descriptor.Write(descriptor, bytes[offset..]);
            result = result == -Errno.EINTR ? 0 : result;
        }

        result = result < 0 ? result : LibC.Result(LibC.ftruncate(descriptor, bytes.Length));
        int closed = LibC.Result(LibC.close(descriptor));
        return Math.Min(result < 0 ? result : closed, 0);
    }

    /// <summary>Makes a folder and those above it; zero, also where it is there, or minus errno.</summary>
    public static int MakeFolders(string path)
    {
        if (FileStatus.TryReadTarget(path, out FileStatus status) >= 0)
        {
            return status.Kind == FileKind.Directory ? 0 : -Errno.ENOTDIR;
        }

        int result = Path.GetDirectoryName(path) is { Length: > 0 } parent ? MakeFolders(parent) : 0;
        result = result < 0 ? result : LibC.Result(LibC.mkdirat(LibC.AT_FDCWD, path, NewFolder));
        return result == -Errno.EEXIST ? 0 : result;
    }

    /// <summary>Zero, or minus errno. A link is removed itself.</summary>
    public static int Remove(string path) => LibC.Result(LibC.unlinkat(LibC.AT_FDCWD, path, 0));
}
