using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Agents;

/// <summary>A path in the configuration, and the agent that is there now.</summary>
internal sealed class NamedSocket(string path, string name, uint uid) : ISocketFinder
{
    private RefusedSocket? refused;
    private FileStatus folder;

    public string Path => path;

    /// <inheritdoc cref="Agent.IsAlways"/>
    public bool IsAlways { get; init; }

    public bool MayBlock { get; } = FileSystem.MayBlock(System.IO.Path.GetDirectoryName(path) ?? "/");

    public IReadOnlyList<Agent> Agents { get; private set; } = [];

    public IReadOnlyList<RefusedSocket> Refused => refused is RefusedSocket socket ? [socket] : [];

    public bool Refresh()
    {
        if (IsAsBefore())
        {
            return false;
        }

        string folderPath = System.IO.Path.GetDirectoryName(path) ?? "/";
        folder = FileStatus.TryReadTarget(folderPath, out FileStatus read) >= 0 ? read : default;
        Refusal? refusal = SocketTrust.Examine(path, uid, out string resolved, out FileStatus status);
        if (refusal is null && Agents is [Agent known] && known.IsAt(status))
        {
            return false;
        }

        RefusedSocket? before = refused;
        bool hadAgent = Agents.Count > 0;
        refused = refusal is Refusal reason && status != default ? new RefusedSocket(path, reason) : null;
        Agents = refusal is null ? [Describe(resolved, status)] : [];
        return hadAgent || Agents.Count > 0 || refused != before;
    }

    /// <summary>
    /// The same socket, at its path without a link, in a folder whose owner and mode nobody has changed since (that would change its ctime,
    /// as any change of its contents does): the earlier result still holds.
    /// </summary>
    private bool IsAsBefore() =>
        Agents is [{ IsUsable: true } known] && known.Path == path
        && FileStatus.TryRead(path, out FileStatus status) >= 0 && known.IsAt(status)
        && FileStatus.TryReadTarget(System.IO.Path.GetDirectoryName(path) ?? "/", out FileStatus now) >= 0
        && now.Identity == folder.Identity && now.Changed == folder.Changed;

    private Agent Describe(string resolved, FileStatus status) => new()
    {
        Path = resolved,
        Source = AgentSource.Local,
        Name = name,
        IsAlways = IsAlways,
        Identity = status.Identity,
        Created = status.Changed,
        MayBlock = MayBlock,
    };
}
