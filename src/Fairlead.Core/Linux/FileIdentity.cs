namespace Fairlead.Core.Linux;

/// <summary>Device and inode: the same file, whatever path leads to it.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
