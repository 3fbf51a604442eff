namespace Fairlead.Core.Agents;

/// <summary>Why a socket that looks like an agent is never used.</summary>
internal enum Refusal
{
    /// <summary>Its folder belongs to somebody else.</summary>
    FolderOfAnotherUser,

    /// <summary>Group or others may write to its folder, and so may put another socket in its place.</summary>
    FolderWritableByOthers,

    /// <summary>The socket belongs to somebody else.</summary>
    SocketOfAnotherUser,

    /// <summary>A symbolic link in a sticky directory: anybody may have made it.</summary>
    LinkInStickyFolder,

    /// <summary>There is no socket at the path.</summary>
    NotASocket,

    /// <summary>Another user's process listens there: the folder was taken over after its login ended.</summary>
    ListenerOfAnotherUser,

    /// <summary>It is our own socket.</summary>
    Ourselves,

    /// <summary>Its far end asks us: using it would go round in a circle.</summary>
    LeadsBackToUs,

    /// <summary>An agent's path that a program of ours still names, in a folder that is somebody else's now.</summary>
    TakenByAnotherUser,

    /// <summary>The same, in a folder of ours that others may read, enter or write to.</summary>
    FolderNotPrivate,

    /// <summary>The folder in which everybody makes theirs is not root's, or not sticky: names in it are nobody's.</summary>
    SharedFolderUnsafe,

    /// <summary>fairlead listens at as many old paths as it ever does.</summary>
    TooManyStalePaths,
}
