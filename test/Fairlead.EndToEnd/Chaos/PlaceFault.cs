namespace Fairlead.EndToEnd.Chaos;

/// <summary>What happens to the place of fairlead's socket.</summary>
internal enum PlaceFault
{
    /// <summary>Somebody removes the socket's file.</summary>
    FileRemoved,

    /// <summary>Somebody removes its folder and all that is in it.</summary>
    FolderRemoved,

    /// <summary>Its folder is moved away, and back.</summary>
    FolderMoved,

    /// <summary>Its folder lets nobody in for a moment.</summary>
    FolderClosed,
}
