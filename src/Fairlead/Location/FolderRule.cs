using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Location;

/// <summary>One folder on the way to a socket, and what must be true of it before anything below it is believed.</summary>
/// <param name="Demand">How strict.</param>
/// <param name="MayCreate">Whether fairlead makes it when it is missing.</param>
internal sealed record FolderRule(string Path, FolderDemand Demand, bool MayCreate)
{
    private const uint GroupAndOthers = 0x3f; // 077

    public FolderVerdict Look(uint uid)
    {
        // A folder that holds sockets must be the real thing; those above it are a person's own to link as they like.
        int result = Demand == FolderDemand.Private
            ? FileStatus.TryRead(Path, out FileStatus status)
            : FileStatus.TryReadTarget(Path, out status);
        if (result < 0)
        {
            bool isDangling = FileStatus.TryRead(Path, out _) >= 0;
            bool creatable = result == -Errno.ENOENT && MayCreate && !isDangling;
            return new FolderVerdict(creatable ? FolderState.Missing : FolderState.OutOfReach, Path, result);
        }

        return new FolderVerdict(Judge(status, uid), Path);
    }

    private FolderState Judge(FileStatus status, uint uid)
    {
        if (status.Kind != FileKind.Directory)
        {
            return FolderState.NotAFolder;
        }

        if (Demand == FolderDemand.Shared && status.Uid == 0 && (status.IsSticky || !status.IsWritableByOthers))
        {
            return FolderState.Usable;
        }

        if (status.Uid != uid)
        {
            return FolderState.NotOurs;
        }

        bool open = Demand == FolderDemand.Private ? (status.Permissions & GroupAndOthers) != 0 : status.IsWritableByOthers;
        return open ? FolderState.OpenToOthers : FolderState.Usable;
    }
}

/// <summary>What a folder on the way to a socket must be.</summary>
internal enum FolderDemand
{
    /// <summary>Ours, and nobody else can change what is in it.</summary>
    Ours,

    /// <summary>Ours, mode 0700, no symbolic link.</summary>
    Private,

    /// <summary>Ours, or root's and such that others cannot rename what we make in it (/tmp).</summary>
    Shared,
}
