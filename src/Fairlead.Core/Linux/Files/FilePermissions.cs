namespace Fairlead.Core.Linux.Files;

/// <summary>What fairlead's files and folders let others do: nothing.</summary>
internal static class FilePermissions
{
    /// <summary>0600.</summary>
    public const uint OwnersReadAndWrite = 0x180;

    /// <summary>0700: a folder is no good without the right to look names up in it.</summary>
    public const uint OwnersFolder = 0x1c0;
}
