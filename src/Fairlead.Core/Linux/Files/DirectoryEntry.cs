namespace Fairlead.Core.Linux.Files;

/// <summary>A name in a directory and the inode it stood for when the directory was read (readdir(3)).</summary>
internal readonly record struct DirectoryEntry(string Name, ulong Inode);
