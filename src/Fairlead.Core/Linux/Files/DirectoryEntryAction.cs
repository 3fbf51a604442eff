namespace Fairlead.Core.Linux.Files;

/// <summary>Looks at one entry of a directory. The name is there for as long as that takes.</summary>
internal delegate void DirectoryEntryAction(ReadOnlySpan<char> name, ulong inode);
