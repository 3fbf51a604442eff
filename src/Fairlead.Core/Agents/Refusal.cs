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

    /// <summary>A symbolic link in a sticky directory: anyone may have made it.</summary>
    LinkInStickyFolder,

    /// <summary>There is no socket at the path.</summary>
    NotASocket,

    /// <summary>Another user's process listens there: the folder was taken over after its login ended.</summary>
    ListenerOfAnotherUser,

    /// <summary>A login registered it, and its listener is in a container that no SSH server of this machine started.</summary>
    ListenerInContainer,

    /// <summary>It is our own socket.</summary>
    Ourselves,

    /// <summary>Its far end asks us: a request to it would go round in a circle.</summary>
    LeadsBackToUs,

    /// <summary>An agent's path that a program of ours still names, in a folder that belongs to somebody else now.</summary>
    TakenByAnotherUser,

    /// <summary>An agent's path that a program of ours still names, in a folder of ours that others may read, enter or write to.</summary>
    FolderNotPrivate,

    /// <summary>
    /// The folder in which all users make theirs does not belong to root, or is not sticky: names in it belong to nobody.
    /// </summary>
    SharedFolderUnsafe,

    /// <summary>fairlead already listens at as many stale paths as it may.</summary>
    TooManyStalePaths,
}

/// <summary>The words for each refusal, for status, the log and doctor alike.</summary>
internal static class RefusalText
{
    public static string Describe(this Refusal refusal) => refusal switch
    {
        Refusal.FolderOfAnotherUser => "its folder belongs to another user",
        Refusal.FolderWritableByOthers => "others may write to its folder",
        Refusal.SocketOfAnotherUser => "the socket belongs to another user",
        Refusal.LinkInStickyFolder => "it is a symbolic link in a folder that everybody may write to",
        Refusal.NotASocket => "it is not a socket",
        Refusal.ListenerOfAnotherUser => "another user's process listens there",
        Refusal.ListenerInContainer => "fairlead cannot see that a login forwards it: its listener may run in a container",
        Refusal.Ourselves => "it is fairlead's own socket",
        Refusal.LeadsBackToUs => "it leads back to fairlead",
        Refusal.TakenByAnotherUser => "another user has taken this path, and a program of yours still names it",
        Refusal.FolderNotPrivate => "a program of yours names it, but its folder is open to others",
        Refusal.SharedFolderUnsafe => "a program of yours names it, but the folder above is not root's or not sticky",
        Refusal.TooManyStalePaths => "fairlead already listens at as many old paths as it may",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}

/// <summary>A socket that fairlead found and does not use, and why: status and doctor name it.</summary>
internal readonly record struct RefusedSocket(string Path, Refusal Reason);
