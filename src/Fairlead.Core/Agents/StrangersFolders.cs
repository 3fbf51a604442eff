using System.Numerics;

namespace Fairlead.Core.Agents;

/// <summary>
/// The folders that are known to belong to other users' logins, so that each is read only once: about 32 bytes each, up to a limit. A busy
/// host has one for each login, and anyone can make any number of them.
/// </summary>
internal sealed class StrangersFolders
{
    /// <summary>Half a megabyte. Folders beyond it are read again each time, two microseconds each.</summary>
    private const int Max = 16_384;

    private readonly HashSet<ulong> known = [];
    private int met;

    /// <param name="inode">
    /// The inode of the folder with that name: a file system may give the inode of a removed folder to the next one, which may be ours.
    /// </param>
    public bool Contains(ReadOnlySpan<char> name, ulong inode)
    {
        bool isKnown = known.Contains(MarkOf(name, inode));
        met += isKnown ? 1 : 0;
        return isKnown;
    }

    public void Add(ReadOnlySpan<char> name, ulong inode)
    {
        if (known.Count < Max)
        {
            known.Add(MarkOf(name, inode));
        }
    }

    /// <summary>Call it after a full reading: if most of the remembered folders are gone, it makes room.</summary>
    public void NoteEnd()
    {
        if (known.Count == Max && met < Max / 2)
        {
            known.Clear();
        }

        met = 0;
    }

    public void Clear() => known.Clear();

    /// <summary>
    /// Two folders that differ only in their name are taken for the same with a chance of one in four thousand million; each process has
    /// another hash.
    /// </summary>
    private static ulong MarkOf(ReadOnlySpan<char> name, ulong inode) => BitOperations.RotateLeft(inode, 32) ^ (uint)string.GetHashCode(name);
}
