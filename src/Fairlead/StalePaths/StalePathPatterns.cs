using Fairlead.Core.Agents;

namespace Fairlead.StalePaths;

/// <summary>Where sshd puts the sockets of forwarded agents, and so which paths may be listened at again. Pure.</summary>
/// <param name="SharedFolder">/tmp; null when agents are not looked for there.</param>
/// <param name="Home">Whose .ssh/agent it is; null when agents are not looked for there.</param>
/// <param name="HostHash">Ours: with a shared home other hosts' sockets stand beside them (<see cref="HostHash"/>).</param>
internal sealed record StalePathPatterns(string? SharedFolder, string? Home, string HostHash)
{
    /// <summary>Where the daemon's own sockets are: never an old path, whatever its shape.</summary>
    public IReadOnlyCollection<string> OwnPaths { get; init; } = [];

    public string? HomeFolder => Home is null ? null : $"{Home}/.ssh/agent";

    /// <summary>
    /// What <see cref="SshdSocketName"/> knows, in a folder <c>ssh-XXXXXXXXXX</c> (ten to twelve letters and digits; mkdtemp in OpenSSH's session.c) and in
    /// ~/.ssh/agent, and nothing else. A path with a link, a dot or a second slash in it is another text and is not one of them.
    /// </summary>
    public StalePath? Recognise(string path)
    {
        if (OwnPaths.Contains(path))
        {
            return null;
        }

        if (NameBelow(SharedFolder, path)?.Split('/') is [var folder, var socket] && LoginFolder.IsName(folder) && SshdSocketName.IsInLoginFolder(socket))
        {
            return new StalePath(path, IsInSharedFolder: true);
        }

        bool isInHome = SshdSocketName.IsInHome(NameBelow(HomeFolder, path), out ReadOnlySpan<char> hash) && hash.SequenceEqual(HostHash);
        return isInHome ? new StalePath(path, IsInSharedFolder: false) : null;
    }

    private static string? NameBelow(string? folder, string path) =>
        folder is not null && path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/'
            ? path[(folder.Length + 1)..]
            : null;
}

/// <summary>A path at which sshd listened for a login, as a program may still name it.</summary>
/// <param name="Path">As it is named, character by character.</param>
/// <param name="IsInSharedFolder">Its folder stands in /tmp, where everybody may make one of that name once it is gone.</param>
internal sealed record StalePath(string Path, bool IsInSharedFolder)
{
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileName(Path);
}
