namespace Fairlead.Location;

/// <summary>What stands where a socket's folder should be.</summary>
internal enum FolderState
{
    /// <summary>Ours alone: fit for use.</summary>
    Usable,

    /// <summary>Nothing is there, and it can be made.</summary>
    Missing,

    /// <summary>It belongs to another user.</summary>
    NotOurs,

    /// <summary>Others may read or enter it, or could put something else in its place.</summary>
    OpenToOthers,

    /// <summary>A file, or a symbolic link, which somebody else may have put there.</summary>
    NotAFolder,

    /// <summary>The system does not let us look at it or make it.</summary>
    OutOfReach,

    /// <summary>The socket's path would be longer than a unix socket's may be.</summary>
    PathTooLong,
}
