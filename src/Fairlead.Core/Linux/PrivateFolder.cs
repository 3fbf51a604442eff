namespace Fairlead.Core.Linux;

/// <summary>Folders that belong to one user alone.</summary>
internal static class PrivateFolder
{
    private const uint OwnerOnly = 0x1c0; // 0700

    /// <summary>Zero, also when something of that name exists already: what it is must be looked at. Else minus errno.</summary>
    public static int Create(string path)
    {
        int result = LibC.Result(LibC.mkdirat(LibC.AT_FDCWD, path, OwnerOnly));
        return result == -Errno.EEXIST ? 0 : result;
    }
}
