using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Records;

/// <summary>
/// A file of records, a line of JSON each. It is opened for each batch, so it may be moved or removed at any time (logrotate needs no signal).
/// </summary>
internal static class RecordFile
{
    /// <summary>Bytes. A file that has grown beyond this becomes <see cref="Former"/>.</summary>
    public const long MaxLength = 4 * 1024 * 1024;

    /// <summary>The file before this one; the one before that is gone.</summary>
    public static string Former(string path) => path + ".1";

    /// <summary>Appends the lines, whole or not at all as far as the file system allows. May block: run on the worker.</summary>
    /// <returns>Zero, or minus errno.</returns>
    public static int Append(string path, ReadOnlySpan<byte> lines)
    {
        int descriptor = Open(path);
        if (descriptor >= 0 && FileStatus.TryRead(descriptor, out FileStatus status) >= 0 && status.Length > MaxLength)
        {
            _ = LibC.close(descriptor);
            int renamed = LibC.Result(LibC.rename(path, Former(path)));
            descriptor = renamed < 0 ? renamed : Open(path);
        }

        if (descriptor < 0)
        {
            return descriptor;
        }

        int result = IsCutOff(descriptor) ? Descriptor.WriteAll(descriptor, "\n"u8) : 0;
        result = result < 0 ? result : Descriptor.WriteAll(descriptor, lines);
        int closed = LibC.Result(LibC.close(descriptor)); // a file server may say only now that there is no room (close(2))
        return result < 0 ? result : Math.Min(closed, 0);
    }

    /// <summary>Nobody's pipe or terminal, and no link that others may have placed.</summary>
    private static int Open(string path)
    {
        int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, FilePermissions.OwnersReadAndWrite));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int judged = FileStatus.TryRead(descriptor, out FileStatus status);
        int result = judged < 0 ? judged
            : status.Kind != FileKind.Regular ? -Errno.ENXIO
            : status.Uid != CurrentProcess.Uid ? -Errno.EPERM
            : 0;
        if (result < 0)
        {
            _ = LibC.close(descriptor);
        }

        return result < 0 ? result : descriptor;
    }

    /// <summary>The last line is cut off: the disk was full.</summary>
    private static bool IsCutOff(int descriptor)
    {
        byte last = 0;
        return LibC.lseek(descriptor, -1, LibC.SEEK_END) >= 0 && Descriptor.ReadOnce(descriptor, new(ref last)) == 1 && last != (byte)'\n';
    }
}
