namespace Fairlead.Location;

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
