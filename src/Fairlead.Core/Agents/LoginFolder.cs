using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Agents;

/// <summary>One <c>ssh-XXXX</c> folder: what a login of OpenSSH up to 10.0 keeps its socket in.</summary>
internal sealed class LoginFolder
{
    /// <summary>What a socket of sshd is called there, before the number of its process.</summary>
    public const string SocketPrefix = "agent.";

    /// <summary>Far longer than sshd takes on any machine that still serves logins.</summary>
    private static readonly TimeSpan TimeToBind = TimeSpan.FromSeconds(30);

    private readonly string path;
    private readonly FolderStamp stamp;

    private LoginFolder(string path, ulong inode, FolderStamp stamp)
    {
        this.path = path;
        this.stamp = stamp;
        Inode = inode;
    }

    public ulong Inode { get; }

    /// <summary>It is ours; what belongs to other users is none of our business.</summary>
    public bool IsOurs { get; private set; }

    public DateTimeOffset Modified => stamp.Modified;

    public Agent[] Agents { get; private set; } = [];

    public RefusedSocket? Refused { get; private set; }

    /// <summary>
    /// sshd makes the folder and binds in it a moment later; in one whose agents are dead by then it never binds again. One that is not trusted may be mended.
    /// </summary>
    public bool IsLeftBehind(DateTimeOffset now) => Refused is null && now - Modified > TimeToBind && Array.TrueForAll(Agents, agent => agent.IsDead);

    public bool HasChanged => FileStatus.TryRead(path, out FileStatus status) >= 0 && !stamp.Holds(status);

    /// <param name="known">What the folder held when it was read before: what was learned of its agents is kept.</param>
    /// <returns>Null when there is no free descriptor to read it with.</returns>
    public static LoginFolder? Read(
        OpenDirectory parent, string parentPath, string name, ulong inode, LoginFolder? known, uint uid, DateTimeOffset now)
    {
        string path = Path.Join(parentPath, name);
        int result = OpenDirectory.TryOpen(parent.Descriptor, name, out OpenDirectory? opened);
        if (result < 0)
        {
            return Errno.IsExhausted(result) ? null : new LoginFolder(path, inode, default);
        }

        using OpenDirectory directory = opened!;
        FileStatus status = directory.Status;
        var folder = new LoginFolder(path, inode, FolderStamp.Of(status, now)) { IsOurs = status.Uid == uid };
        if (folder.IsOurs)
        {
            folder.ReadSockets(directory, status, known?.Agents, uid);
        }

        return folder;
    }

    /// <summary>Lets go of what was learned of agents that are dead: ten thousand of them would cost as many kilobytes.</summary>
    public void Forget() => Agents = [];

    private void ReadSockets(OpenDirectory directory, FileStatus status, Agent[]? known, uint uid)
    {
        if (SocketTrust.ExamineFolder(status, uid) is Refusal refusal)
        {
            Refused = new RefusedSocket(path, refusal);
            return;
        }

        var found = new List<Agent>();
        foreach (DirectoryEntry entry in directory.EntriesWith("agent."u8))
        {
            if (FileStatus.TryRead(directory.Descriptor, entry.Name, out FileStatus socket) >= 0)
            {
                found.Add(Array.Find(known ?? [], agent => agent.IsAt(socket)) ?? new Agent
                {
                    Path = Path.Join(path, entry.Name),
                    Source = AgentSource.Forwarded,
                    Identity = socket.Identity,
                    Created = socket.Changed,
                    Refusal = SocketTrust.ExamineSocket(socket, uid),
                });
            }
        }

        Agents = [.. found];
    }
}
