namespace Fairlead.StalePaths;

/// <summary>A path at which sshd listened for a login, as a program may still name it.</summary>
/// <param name="Path">As it is named, character by character.</param>
/// <param name="IsInSharedFolder">Its folder stands in /tmp, where everybody may make one of that name once it is gone.</param>
internal sealed record StalePath(string Path, bool IsInSharedFolder)
{
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileName(Path);
}
