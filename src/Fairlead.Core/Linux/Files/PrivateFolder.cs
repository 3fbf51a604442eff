using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>Folders that belong to one user alone.</summary>
internal static class PrivateFolder
{
    /// <summary>Zero, also when something of that name exists already: what it is must be looked at. Else minus errno.</summary>
    public static int Create(string path)
    {
        int result = LibC.Result(LibC.mkdirat(LibC.AT_FDCWD, path, FilePermissions.OwnersFolder));
        return result == -Errno.EEXIST ? 0 : result;
    }
}
