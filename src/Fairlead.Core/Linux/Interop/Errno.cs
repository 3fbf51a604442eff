namespace Fairlead.Core.Linux.Interop;

/// <summary>The error numbers that fairlead tells apart (asm-generic/errno.h; the same on every architecture it runs on).</summary>
/// <remarks>Wrapped calls return them negated, as the kernel does: <c>-Errno.EAGAIN</c>.</remarks>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int EBADF = 9;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int EPIPE = 32;
    public const int ENAMETOOLONG = 36;
    public const int ENOSYS = 38;
    public const int ELOOP = 40;
    public const int EMSGSIZE = 90;
    public const int ENOPROTOOPT = 92;
    public const int ENOTSUP = 95;
    public const int EADDRINUSE = 98;
    public const int ECONNRESET = 104;
    public const int ETIMEDOUT = 110;
    public const int ECONNREFUSED = 111;
    public const int ESTALE = 116;

    /// <summary>The call failed for lack of a free descriptor, which says nothing about the thing to open.</summary>
    public static bool IsExhausted(int result) => result is -EMFILE or -ENFILE;

    /// <summary>The system's name for an error, for a message that a person reads.</summary>
    /// <param name="result">A negative result of a wrapped call, or the number itself.</param>
    public static string Describe(int result) => Math.Abs(result) switch
    {
        EPERM => "operation not permitted",
        ENOENT => "no such file or directory",
        ENXIO => "is a pipe, a socket or a device",
        EBADF => "is not open",
        EAGAIN => "the system has none left for now",
        EACCES => "permission denied",
        EEXIST => "file exists",
        ENOTDIR => "not a directory",
        EISDIR => "is a directory",
        EMFILE or ENFILE => "too many open files",
        EFBIG => "is too large",
        ENOSPC => "no space left on device",
        EROFS => "read-only file system",
        EMSGSIZE => "is too long for the journal",
        ETIMEDOUT => "it took too long",
        ENAMETOOLONG => "name too long",
        ELOOP => "is a symbolic link",
        EADDRINUSE => "address already in use",
        ECONNREFUSED => "connection refused",
        ESTALE => "stale file handle",
        var number => $"error {number}",
    };
}
