namespace Fairlead.Core.Agents;

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
        Refusal.Ourselves => "it is fairlead's own socket",
        Refusal.LeadsBackToUs => "it leads back to fairlead",
        Refusal.TakenByAnotherUser => "another user has taken this path, and a program of yours still names it",
        Refusal.FolderNotPrivate => "a program of yours names it, but its folder is open to others",
        Refusal.SharedFolderUnsafe => "a program of yours names it, but the folder above is not root's or not sticky",
        Refusal.TooManyStalePaths => "fairlead listens at as many old paths as it may",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
