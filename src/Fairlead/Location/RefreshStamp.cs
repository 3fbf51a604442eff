using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Location;

/// <summary>
/// What prompt hooks read to learn whether somebody has attached since: one number, another one after each change. A shell reads a line with no program
/// of its own, and needs no second file to compare times with.
/// </summary>
/// <remarks>Made by <c>init --refresh-env</c> and never by the daemon: where nobody asked for it there is none. Blocking calls only.</remarks>
internal sealed class RefreshStamp(string path)
{
    private const int Flags = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    /// <returns>Zero, or minus errno: EEXIST for one that is there.</returns>
    public int Create() => Write(Flags | LibC.O_CREAT | LibC.O_EXCL, DateTimeOffset.UnixEpoch);

    /// <returns>Zero, or minus errno: ENOENT where nobody reads it.</returns>
    public int Change(DateTimeOffset now) => Write(Flags, now);

    /// <summary>Always as long as before, and so in one step: who reads meanwhile sees one number or the other.</summary>
    private int Write(int flags, DateTimeOffset number)
    {
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags | LibC.O_NOFOLLOW, FilePermissions.OwnersReadAndWrite));
        if (descriptor < 0)
        {
            return descriptor;
        }

        int written = Descriptor.Write(descriptor, Encoding.ASCII.GetBytes(number.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) + "\n"));
        _ = LibC.close(descriptor);
        return Math.Min(written, 0);
    }
}
