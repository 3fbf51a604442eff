using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.StalePaths;

/// <summary>
/// The file that lists the sockets at old paths with device and inode, so that a daemon that comes after a <c>kill -9</c> knows what is fairlead's. Nothing is
/// believed of it that the files themselves do not bear out: it can make nobody remove anything else.
/// </summary>
/// <remarks>It is in the first of its places that takes it, for a home may be full; wherever it is, it is read. One line each: device, inode and path in this order, a space between them. Blocking calls only.</remarks>
internal sealed class StalePathRecord(IReadOnlyList<RecordPlace> places, StalePathPatterns patterns, uint uid)
{
    /// <summary>More than <see cref="StalePathSockets.Max"/> lines of the longest paths.</summary>
    private const int MaxLength = 64 * 1024;

    /// <summary>Zero, or minus errno: why none of the places took the list as it is now. Then a daemon that comes after a kill takes nothing away.</summary>
    public int Trouble { get; private set; }

    /// <summary>What it lists. A file that is not ours, too long or nonsense lists nothing, a line that is nonsense says nothing.</summary>
    public IReadOnlyList<StalePathFile> Read() => [.. places.Where(place => place.IsOurs()).SelectMany(place => Read(place.Path)).Distinct().Take(StalePathSockets.Max)];

    /// <summary>Puts another list in its place in one step; without entries there is no file.</summary>
    /// <returns>Zero, or minus errno: the list stays as it was.</returns>
    public int Write(IReadOnlyCollection<StalePathFile> files)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(files.Select(Describe)));
        Trouble = 0;
        RecordPlace? written = null;
        for (int i = 0; i < places.Count && written is null && files.Count > 0; i++)
        {
            int result = i == 0 || places[i].Prepare() ? Write(places[i].Path, text) : -Errno.ENOENT;
            written = result >= 0 ? places[i] : null;
            Trouble = i == 0 ? result : Trouble;
        }

        if (written is null && files.Count > 0)
        {
            return Trouble;
        }

        Trouble = 0;
        int[] removed = [.. places.Where(place => place != written && place.IsOurs()).Select(place => LibC.Result(LibC.unlinkat(LibC.AT_FDCWD, place.Path, 0)))];
        return written is null ? removed.FirstOrDefault(result => result < 0 && result != -Errno.ENOENT) : 0;
    }

    private List<StalePathFile> Read(string path)
    {
        int flags = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, 0));
        if (descriptor < 0)
        {
            return [];
        }

        string text = IsTrustworthy(descriptor) ? ReadText(descriptor) : "";
        _ = LibC.close(descriptor);
        return [.. text.Split('\n').Take(StalePathSockets.Max).Select(Parse).OfType<StalePathFile>()];
    }

    private static int Write(string path, byte[] text)
    {
        string unfinished = $"{path}.new";
        _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0);
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, unfinished, flags, FilePermissions.OwnersReadAndWrite));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int written = Descriptor.Write(descriptor, text);
        int result = Math.Min(LibC.Result(LibC.close(descriptor)), written == text.Length ? 0 : -Errno.ENOSPC);
        result = result < 0 ? result : LibC.Result(LibC.rename(unfinished, path));
        if (result < 0)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0);
        }

        return result;
    }

    private bool IsTrustworthy(int descriptor) =>
        FileStatus.TryRead(descriptor, out FileStatus status) >= 0
        && status is { Kind: FileKind.Regular, Length: <= MaxLength, IsWritableByOthers: false }
        && status.Uid == uid;

    private static string ReadText(int descriptor)
    {
        byte[] buffer = new byte[MaxLength];
        return Encoding.UTF8.GetString(buffer, 0, Math.Max(0, Descriptor.Read(descriptor, buffer)));
    }

    private static string Describe(StalePathFile file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Identity.Device} {file.Identity.Inode} {file.Path.Path}\n");

    private StalePathFile? Parse(string line) =>
        line.Split(' ', 3) is [var device, var inode, var named]
        && FileIdentity.TryParse(device, inode, out FileIdentity identity)
        && patterns.Recognise(named) is StalePath old
            ? new StalePathFile(old, identity)
            : null;
}

/// <summary>One place for the record.</summary>
/// <param name="IsOurs">Whether its folder is ours alone: in another user's nothing is read or removed.</param>
/// <param name="Prepare">Makes its folder, and says whether that is fit for it.</param>
internal sealed record RecordPlace(string Path, Func<bool> IsOurs, Func<bool> Prepare);
