using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairlead.Core.Agents;

/// <summary>
/// Folders that dead logins of this user left behind: only what shows that one is still the same, about a hundred bytes each. Nothing
/// removes them but a cleaner of /tmp, so a busy host has thousands.
/// </summary>
internal sealed class LeftBehindFolders
{
    private readonly Dictionary<string, (ulong Inode, int Reading)> known = [];
    private int reading;

    public int Count => known.Count;

    public IEnumerable<string> Names => known.Keys;

    public void Add(string name, ulong inode) => known[name] = (inode, reading);

    /// <summary>Whether the folder of this name is one of them; it is not absent at the end of this reading.</summary>
    public bool Contains(ReadOnlySpan<char> name, ulong inode)
    {
        ref (ulong Inode, int Reading) folder = ref CollectionsMarshal.GetValueRefOrNullRef(known.GetAlternateLookup<ReadOnlySpan<char>>(), name);
        if (Unsafe.IsNullRef(ref folder) || folder.Inode != inode)
        {
            return false;
        }

        folder.Reading = reading;
        return true;
    }

    public void NoteBegin() => reading++;

    /// <summary>Call it after a full reading: forgets those that were not there, or are others by now.</summary>
    public void NoteEnd()
    {
        foreach ((string name, (_, int seen)) in known)
        {
            if (seen != reading)
            {
                known.Remove(name);
            }
        }
    }

    public void Clear() => known.Clear();
}
