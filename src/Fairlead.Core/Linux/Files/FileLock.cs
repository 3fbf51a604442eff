using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A lock that ends with its holder, however it ends: one daemon for each user and host. The file stays and holds the pid, for people to
/// read. The lock belongs to the open file description (F_OFD_SETLK, fcntl(2)): unlike with flock(2), one can ask about it without taking
/// it for a moment.
/// </summary>
internal sealed unsafe class FileLock : IDisposable
{
    private readonly int descriptor;

    private FileLock(int descriptor) => this.descriptor = descriptor;

    /// <summary>False before Linux 3.15, which brought these locks: fcntl(2) then answers EINVAL.</summary>
    public static bool AreSupported
    {
        get
        {
            int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/", LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0));
            var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
            int result = LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_GETLK, &region));
            Descriptor.Close(descriptor);
            return result != -Errno.EINVAL;
        }
    }

    /// <returns>
    /// Zero, or minus errno: EAGAIN when another process holds it, ENXIO for something that is not a file and cannot say which.
    /// </returns>
    public static int TryTake(string path, out FileLock? taken)
    {
        taken = null;
        const int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_NONBLOCK | LibC.O_NOCTTY | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags | LibC.O_NOFOLLOW, FilePermissions.OwnersReadAndWrite));
        if (descriptor < 0)
        {
            return descriptor;
        }

        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        int result = FileStatus.TryRead(descriptor, out FileStatus status);
        result = result < 0 ? result
            : status.Kind != FileKind.Regular ? -Errno.ENXIO
            : LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_SETLK, &region));
        if (result < 0)
        {
            _ = LibC.close(descriptor);
            return result;
        }

        taken = new FileLock(descriptor);
        taken.Sign();
        return 0;
    }

    /// <summary>
    /// Takes over a lock that another process holds and passed on. It belongs to the open file description, so it is never free in between.
    /// </summary>
    /// <returns>Zero, or minus errno: EBADF when the descriptor is not a file, EAGAIN when another process holds the lock.</returns>
    public static int TryAdopt(int descriptor, out FileLock? adopted)
    {
        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        int result = LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_SETLK, &region));
        adopted = result < 0 ? null : new FileLock(descriptor);
        return result;
    }

    /// <summary>The descriptor, to hand the lock on.</summary>
    public int Number => descriptor;

    /// <summary>
    /// Whether the lock at this path could be taken; not when another process holds it, nor when the file cannot be opened.
    /// </summary>
    public static bool IsFree(string path) => Ask(path) is -Errno.ENOENT or LibC.F_UNLCK;

    /// <summary>Whether another process is seen to hold the lock at this path; not when the file cannot be opened.</summary>
    public static bool IsHeld(string path) => Ask(path) is LibC.F_WRLCK or LibC.F_RDLCK;

    /// <returns>What kind of lock is on the file, or minus errno.</returns>
    private static int Ask(string path)
    {
        int flags = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, 0));
        if (descriptor < 0)
        {
            return descriptor;
        }

        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        int result = LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_GETLK, &region));
        _ = LibC.close(descriptor);
        return result < 0 ? result : region.Type;
    }

    /// <summary>The pid of the process that holds the lock at this path; 0 when none does, or the file does not say.</summary>
    public static int HolderOf(string path) => IsHeld(path) ? SignerOf(path) : 0;

    /// <summary>Whether the path still names the locked file.</summary>
    public bool IsAt(string path) => IsAt(descriptor, path);

    /// <inheritdoc cref="IsAt(string)"/>
    public static bool IsAt(int descriptor, string path) =>
        FileStatus.TryRead(path, out FileStatus there) >= 0
        && FileStatus.TryRead(descriptor, out FileStatus here) >= 0
        && there.Identity == here.Identity;

    public void Dispose() => _ = LibC.close(descriptor);

    /// <summary>The pid of the process that most recently took the lock or received it; 0 when the file does not say.</summary>
    public int Signer => SignerOf($"/proc/self/fd/{descriptor}"); // opened again: the other process shares the offset of this one

    /// <summary>Puts this process's pid into the file.</summary>
    public void Sign()
    {
        byte[] pid = Encoding.ASCII.GetBytes($"{LibC.getpid()}\n");
        _ = LibC.ftruncate(descriptor, 0);
        _ = LibC.lseek(descriptor, 0, 0);
        _ = Descriptor.Write(descriptor, pid);
    }

    private static int SignerOf(string path)
    {
        Span<byte> text = stackalloc byte[32];
        int length = SmallFile.Read(path, text);
        return length > 1 && text[length - 1] == '\n' && int.TryParse(text[..(length - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;
    }
}
