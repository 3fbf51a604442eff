using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>The facts about a path on which trust depends (statx(2)).</summary>
/// <param name="Permissions">The low twelve bits of the mode.</param>
internal readonly record struct FileStatus(
    FileKind Kind,
    uint Permissions,
    uint Uid,
    FileIdentity Identity,
    uint LinkCount,
    long Length,
    DateTimeOffset Accessed,
    DateTimeOffset Modified,
    DateTimeOffset Changed)
{
    private const uint BasicStats = 0x7ff;

    /// <summary>NAME_MAX of linux/limits.h.</summary>
    private const int MaxNameBytes = 255;
    private const uint TypeMask = 0xf000;
    private const uint StickyBit = 0x200;
    private const uint WritableByOthersBits = 0x12;
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public bool IsSticky => (Permissions & StickyBit) != 0;

    /// <summary>Group or others may write.</summary>
    public bool IsWritableByOthers => (Permissions & WritableByOthersBits) != 0;

    /// <summary>Zero, or minus errno. Looks at a symbolic link itself.</summary>
    public static int TryRead(string path, out FileStatus status) =>
        Read(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>
    /// Follows a symbolic link; zero, or minus errno. Only for paths with every part in a folder that only its owner can change.
    /// </summary>
    public static int TryReadTarget(string path, out FileStatus status) => Read(LibC.AT_FDCWD, path, 0, out status);

    /// <summary>Both paths name one file, through links or not.</summary>
    public static bool AreOneFile(string path, string other) =>
        TryReadTarget(path, out FileStatus one) >= 0 && TryReadTarget(other, out FileStatus two) >= 0 && one.Identity == two.Identity;

    /// <summary>A name inside an open directory; zero, or minus errno. Looks at a symbolic link itself.</summary>
    public static int TryRead(int directory, string name, out FileStatus status) =>
        Read(directory, name, LibC.AT_SYMLINK_NOFOLLOW, out status);

    /// <inheritdoc cref="TryRead(int, string, out FileStatus)"/>
    /// <remarks>For one of very many names: makes no string of it.</remarks>
    public static unsafe int TryRead(int directory, ReadOnlySpan<char> name, out FileStatus status)
    {
        Span<byte> path = stackalloc byte[MaxNameBytes + 1];
        status = default;
        if (!Encoding.UTF8.TryGetBytes(name, path[..MaxNameBytes], out int length))
        {
            return -Errno.ENAMETOOLONG;
        }

        path[length] = 0;
        LibC.StatxBuffer buffer;
        int result;
        fixed (byte* bytes = path)
        {
            result = LibC.Result(LibC.statx(directory, bytes, LibC.AT_SYMLINK_NOFOLLOW, BasicStats, &buffer));
        }

        status = result < 0 ? default : Of(buffer);
        return result;
    }

    /// <summary>An open descriptor; zero, or minus errno.</summary>
    public static int TryRead(int descriptor, out FileStatus status) => Read(descriptor, "", LibC.AT_EMPTY_PATH, out status);

    private static unsafe int Read(int directory, string path, int flags, out FileStatus status)
    {
        LibC.StatxBuffer buffer;
        int result = LibC.Result(LibC.statx(directory, path, flags, BasicStats, &buffer));
        status = result < 0 ? default : Of(buffer);
        return result;
    }

    private static FileStatus Of(in LibC.StatxBuffer buffer) => new(
        KindOf(buffer.Mode & TypeMask),
        buffer.Mode & 0xfffu,
        buffer.Uid,
        new FileIdentity(((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode),
        buffer.LinkCount,
        (long)buffer.Length,
        ToTime(buffer.Accessed),
        ToTime(buffer.Modified),
        ToTime(buffer.Changed));

    private static FileKind KindOf(uint type) => type switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xc000 => FileKind.Socket,
        0xa000 => FileKind.SymbolicLink,
        _ => FileKind.Other,
    };

    /// <summary>
    /// To the tick of 100 ns: enough to distinguish two changes that the kernel distinguishes (it counts in milliseconds).
    /// </summary>
    /// <remarks>
    /// tmpfs and btrfs keep any 64-bit number of seconds that touch(1) sets, and anyone may have set it: a time outside the calendar
    /// becomes its first or its final second.
    /// </remarks>
    private static DateTimeOffset ToTime(LibC.StatxTime time)
    {
        long seconds = Math.Clamp(time.Seconds, FirstSecond, LastSecond);
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(time.Nanoseconds / 100);
    }
}

/// <summary>The kind of file, as far as fairlead cares (S_IFMT, inode(7)).</summary>
internal enum FileKind
{
    Other,
    Regular,
    Directory,
    Socket,
    SymbolicLink,
}
