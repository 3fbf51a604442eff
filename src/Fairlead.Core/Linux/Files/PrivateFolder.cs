using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Folders that only one user may use.</summary>
internal static class PrivateFolder
{
    /// <summary>Zero, also if something of that name exists, which the caller must check; otherwise minus errno.</summary>
    public static int Create(string path)
    {
        int result = LibC.Result(LibC.mkdirat(LibC.AT_FDCWD, path, FilePermissions.OwnersFolder));
        return result == -Errno.EEXIST ? 0 : result;
    }
}
