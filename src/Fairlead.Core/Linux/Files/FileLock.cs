using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A lock that ends with its holder, however it ends: one daemon for each user and host. The file stays and holds the pid, for people to read.
/// Of the open file description (F_OFD_SETLK, fcntl(2)): unlike flock(2) it can be asked about without being taken for a moment.
/// </summary>
internal sealed unsafe class FileLock : IDisposable
{
    private readonly int descriptor;

    private FileLock(int descriptor) => this.descriptor = descriptor;

    /// <returns>Zero, or minus errno: EAGAIN when another process holds it.</returns>
    public static int TryTake(string path, out FileLock? taken)
    {
        taken = null;
        int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, FilePermissions.OwnersReadAndWrite));
        if (descriptor < 0)
        {
            return descriptor;
        }

        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        int result = LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_SETLK, &region));
        if (result < 0)
        {
            _ = LibC.close(descriptor);
            return result;
        }

        taken = new FileLock(descriptor);
        taken.Sign();
        return 0;
    }

    /// <summary>Takes over a lock that another process holds and has passed on: it belongs to the open file description, so it is never free in between.</summary>
    /// <returns>Zero, or minus errno: EBADF when the descriptor is no file, EAGAIN when another process holds the lock.</returns>
    public static int TryAdopt(int descriptor, out FileLock? adopted)
    {
        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        int result = LibC.Result(LibC.fcntl(descriptor, LibC.F_OFD_SETLK, &region));
        adopted = result < 0 ? null : new FileLock(descriptor);
        return result;
    }

    /// <summary>The descriptor, for handing the lock on.</summary>
    public int Number => descriptor;

    /// <summary>Whether the lock at this path could be taken; not when another process holds it, nor when the file cannot be opened.</summary>
    public static bool IsFree(string path)
    {
        int flags = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, 0));
        if (descriptor < 0)
        {
            return descriptor == -Errno.ENOENT;
        }

        var region = new LibC.FileLockRegion { Type = LibC.F_WRLCK };
        bool free = LibC.fcntl(descriptor, LibC.F_OFD_GETLK, &region) == 0 && region.Type == LibC.F_UNLCK;
        _ = LibC.close(descriptor);
        return free;
    }

    /// <summary>The pid of the process that holds the lock at this path; 0 when nobody does, or the file does not tell.</summary>
    public static int HolderOf(string path) => IsFree(path) ? 0 : SignerOf(path);

    /// <summary>Whether this process is the last that took the lock at this path.</summary>
    public static bool IsSignedBy(string path, int pid) => SignerOf(path) == pid;

    /// <summary>Whether the path still leads to the file that is locked.</summary>
    public bool IsAt(string path) => IsAt(descriptor, path);

    /// <inheritdoc cref="IsAt(string)"/>
    public static bool IsAt(int descriptor, string path) =>
        FileStatus.TryRead(path, out FileStatus there) >= 0
        && FileStatus.TryRead(descriptor, out FileStatus here) >= 0
        && there.Identity == here.Identity;

    public void Dispose() => _ = LibC.close(descriptor);

    /// <summary>The pid of the process that took the lock last, or to which it was passed on; 0 when the file does not tell.</summary>
    public int Signer => SignerOf($"/proc/self/fd/{descriptor}"); // opened anew: the offset of this descriptor is the other process's, too

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
