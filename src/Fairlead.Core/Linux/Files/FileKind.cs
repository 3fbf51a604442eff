namespace Fairlead.Core.Linux.Files;

/// <summary>What a path is, as far as fairlead cares (S_IFMT, inode(7)).</summary>
internal enum FileKind
{
    Other,
    Regular,
    Directory,
    Socket,
    SymbolicLink,
}
