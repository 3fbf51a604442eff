using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>The facts about a path that trust is built on (statx(2)).</summary>
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
    private const uint TypeMask = 0xf000;
    private const uint StickyBit = 0x200;
    private const uint WritableByOthersBits = 0x12;
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public bool IsSticky => (Permissions & StickyBit) != 0;

    /// <summary>Group or others may write.</summary>
    public bool IsWritableByOthers => (Permissions & WritableByOthersBits) != 0;

    /// <summary>Zero, or minus errno. A symbolic link is looked at, not followed.</summary>
    public static int TryRead(string path, out FileStatus status) =>
        Read(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>Follows a symbolic link; zero, or minus errno. For paths whose every part lies in folders that only their owner can change.</summary>
    public static int TryReadTarget(string path, out FileStatus status) => Read(LibC.AT_FDCWD, path, 0, out status);

    /// <summary>A name inside an open directory; zero, or minus errno. A symbolic link is looked at, not followed.</summary>
    public static int TryRead(int directory, string name, out FileStatus status) =>
        Read(directory, name, LibC.AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>An open descriptor; zero, or minus errno.</summary>
    public static int TryRead(int descriptor, out FileStatus status) => Read(descriptor, "", LibC.AT_EMPTY_PATH, out status);

    private static unsafe int Read(int directory, string path, int flags, out FileStatus status)
    {
        LibC.StatxBuffer buffer;
        int result = LibC.Result(LibC.statx(directory, path, flags, BasicStats, &buffer));
        status = result < 0
            ? default
            : new FileStatus(
                KindOf(buffer.Mode & TypeMask),
                buffer.Mode & 0xfffu,
                buffer.Uid,
                new FileIdentity(((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode),
                buffer.LinkCount,
                (long)buffer.Length,
                ToTime(buffer.Accessed),
                ToTime(buffer.Modified),
                ToTime(buffer.Changed));
        return result;
    }

    private static FileKind KindOf(uint type) => type switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xc000 => FileKind.Socket,
        0xa000 => FileKind.SymbolicLink,
        _ => FileKind.Other,
    };

    /// <summary>To the tick of 100 ns: enough to tell two changes apart that the kernel tells apart (it counts in milliseconds).</summary>
    /// <remarks>
    /// tmpfs and btrfs keep any 64-bit number of seconds that touch(1) gives them, and anybody may have given it: what is outside the calendar
    /// is its first or its last second.
    /// </remarks>
    private static DateTimeOffset ToTime(LibC.StatxTime time)
    {
        long seconds = Math.Clamp(time.Seconds, FirstSecond, LastSecond);
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(time.Nanoseconds / 100);
    }
}

/// <summary>What a path is, as far as fairlead cares (S_IFMT, inode(7)).</summary>
internal enum FileKind
{
    Other,
    Regular,
    Directory,
    Socket,
    SymbolicLink,
}
