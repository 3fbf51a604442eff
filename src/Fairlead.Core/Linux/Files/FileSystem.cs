using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>The file system of a path, which decides on which thread to look at the path.</summary>
internal static unsafe class FileSystem
{
    /// <summary>Larger than struct statfs; its first field, the type, is a long on every 64-bit architecture.</summary>
    private const int StatfsSize = 256;

    /// <summary>
    /// Whether a look-up may wait for another machine or another program: NFS, SMB, AFS, 9p, Ceph, FUSE, autofs (linux/magic.h). For a path
    /// that does not exist, the nearest folder above it decides, because the path will appear there.
    /// </summary>
    public static bool MayBlock(string path)
    {
        byte* buffer = stackalloc byte[StatfsSize];
        for (string? next = path; !string.IsNullOrEmpty(next); next = Path.GetDirectoryName(next))
        {
            if (LibC.statfs(next, buffer) == 0)
            {
                return IsRemote(*(long*)buffer);
            }
        }

        return false;
    }

    private static bool IsRemote(long type) => (uint)type is
        0x6969 // NFS
        or 0x517b or 0xff534d42 or 0xfe534d42 // SMB, CIFS, SMB2
        or 0x5346414f or 0x6b414653 // AFS
        or 0x01021997 // 9p
        or 0x00c36400 // Ceph
        or 0x0bd00bd0 // Lustre
        or 0x47504653 // GPFS
        or 0x65735546 // FUSE
        or 0x0187; // autofs
}
