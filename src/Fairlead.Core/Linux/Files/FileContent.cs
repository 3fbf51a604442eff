using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Reads and writes whole files of a person, and reports errors as errno. Follows links.</summary>
internal static class FileContent
{
    /// <summary>The permissions of a file that touch(1) makes; the umask limits them.</summary>
    private const uint NewFile = 0x1b6;

    /// <summary>As <see cref="NewFile"/>, for mkdir(1).</summary>
    private const uint NewFolder = 0x1ff;

    /// <summary>Bytes. More than any file that a person writes; a known_hosts of a hundred thousand hosts fits.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Bytes, for files in /proc, which do not give their length.</summary>
    private const int UsualLength = 4096;

    /// <summary>Reads a regular file, and nothing else: it would wait for a pipe, and a device may have no end.</summary>
    /// <returns>Zero, or minus errno: EISDIR for a folder, ENXIO for a pipe, a socket or a device, EFBIG for a longer file.</returns>
    public static int TryRead(string path, out byte[] bytes, int maxLength = MaxLength)
    {
        bytes = [];
        int descriptor = OpenRegular(path, out long length);
        if (descriptor < 0)
        {
            return descriptor;
        }

        int result = length > maxLength ? -Errno.EFBIG : ReadToEnd(descriptor, (int)length, maxLength, out bytes);
        _ = LibC.close(descriptor);
        return result;
    }

    /// <summary>As <see cref="TryRead"/>; UTF-8 unless the file begins with the mark of another encoding.</summary>
    public static int TryReadText(string path, out string text, int maxLength = MaxLength)
    {
        int result = TryRead(path, out byte[] bytes, maxLength);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        text = reader.ReadToEnd();
        return result;
    }

    /// <summary>Writes into the existing file, which keeps its mode, its owner and the links to it, or makes a new one.</summary>
    /// <param name="isPrivate">The file must be new, and only its owner has access.</param>
    /// <returns>Zero, or minus errno: part of the old contents may be lost, but not if the file could not be opened.</returns>
    public static int Write(string path, ReadOnlySpan<byte> bytes, bool isPrivate = false)
    {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NONBLOCK | LibC.O_CLOEXEC | (isPrivate ? LibC.O_EXCL | LibC.O_NOFOLLOW : 0);
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, isPrivate ? FilePermissions.OwnersReadAndWrite : NewFile));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int result = Descriptor.WriteAll(descriptor, bytes);
        result = result < 0 ? result : LibC.Result(LibC.ftruncate(descriptor, bytes.Length));
        int closed = LibC.Result(LibC.close(descriptor));
        return Math.Min(result < 0 ? result : closed, 0);
    }

    /// <summary>Makes a folder and those above it; zero, also if it exists, or minus errno.</summary>
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

    /// <summary>Zero, or minus errno. Removes a link itself.</summary>
    public static int Remove(string path) => LibC.Result(LibC.unlinkat(LibC.AT_FDCWD, path, 0));

    /// <summary>Zero, or minus errno: ENOTEMPTY for a folder that is not empty.</summary>
    public static int RemoveFolder(string path) => LibC.Result(LibC.unlinkat(LibC.AT_FDCWD, path, LibC.AT_REMOVEDIR));

    /// <summary>
    /// Checked before, because merely opening a device may have an effect, and after, because it may be another file by then.
    /// </summary>
    private static int OpenRegular(string path, out long length)
    {
        length = 0;
        int result = FileStatus.TryReadTarget(path, out FileStatus status);
        result = result < 0 ? result : RequireRegular(status);
        if (result < 0)
        {
            return result;
        }

        const int flags = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, 0));
        if (descriptor < 0)
        {
            return descriptor;
        }

        result = FileStatus.TryRead(descriptor, out status);
        result = result < 0 ? result : RequireRegular(status);
        if (result < 0)
        {
            _ = LibC.close(descriptor);
            return result;
        }

        length = status.Length;
        return descriptor;
    }

    private static int RequireRegular(FileStatus status) => status.Kind switch
    {
        FileKind.Regular => 0,
        FileKind.Directory => -Errno.EISDIR,
        _ => -Errno.ENXIO,
    };

    /// <param name="length">Its stated length: the file may grow meanwhile, and files in /proc state none.</param>
    private static int ReadToEnd(int descriptor, int length, int maxLength, out byte[] bytes)
    {
        byte[] buffer = new byte[Math.Max(length, UsualLength) + 1];
        int count = 0;
        int read;
        while ((read = Descriptor.ReadOnce(descriptor, buffer.AsSpan(count))) != 0)
        {
            count += Math.Max(read, 0);
            if (count > maxLength || (read < 0 && read != -Errno.EINTR))
            {
                bytes = [];
                return count > maxLength ? -Errno.EFBIG : read;
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        bytes = buffer[..count];
        return 0;
    }
}
