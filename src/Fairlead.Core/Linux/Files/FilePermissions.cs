namespace Fairlead.Core.Linux.Files;

/// <summary>The permissions of fairlead's files and folders: others can do nothing.</summary>
internal static class FilePermissions
{
    /// <summary>0600.</summary>
    public const uint OwnersReadAndWrite = 0x180;

    /// <summary>0700: a folder is useless without the right to look up names in it.</summary>
    public const uint OwnersFolder = 0x1c0;
}
