using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Agents;

/// <summary>One <c>ssh-XXXX</c> folder, in which a login of OpenSSH up to 10.0 keeps its socket.</summary>
internal sealed class LoginFolder
{
    private const string Prefix = "ssh-";

    /// <summary>The number of characters from mkdtemp(3), letters and digits: ten for sshd (session.c), twelve for ssh-agent.</summary>
    private const int LeastRandom = 10;
    private const int MostRandom = 12;

    /// <summary>Much longer than sshd takes on any machine that still serves logins.</summary>
    private static readonly TimeSpan TimeToBind = TimeSpan.FromSeconds(30);

    /// <summary>Within this time sshd has bound, unless the machine is very busy: it takes less than a millisecond.</summary>
    private static readonly TimeSpan UsualTimeToBind = TimeSpan.FromMilliseconds(100);

    private readonly string path;
    private readonly FolderStamp stamp;
    private readonly TimeProvider time;

    private LoginFolder(string path, ulong inode, FolderStamp stamp, TimeProvider time)
    {
        this.path = path;
        this.stamp = stamp;
        this.time = time;
        Inode = inode;
    }

    public ulong Inode { get; }

    /// <summary>It is ours; fairlead ignores those of other users.</summary>
    public bool IsOurs { get; private set; }

    public DateTimeOffset Modified => stamp.Modified;

    public Agent[] Agents { get; private set; } = [];

    public RefusedSocket? Refused { get; private set; }

    /// <summary>
    /// sshd makes the folder and binds in it a moment later; it never binds again in a folder whose agents are dead by then. The owner of
    /// an untrusted folder may repair it.
    /// </summary>
    public bool IsLeftBehind(DateTimeOffset now) => Refused is null && now - Modified > TimeToBind && Array.TrueForAll(Agents, agent => agent.IsDead);

    /// <summary>Whether it is another one than was read.</summary>
    public bool HasChanged() => FileStatus.TryRead(path, out FileStatus status) >= 0 && !stamp.Holds(status);

    /// <summary>
    /// Whether a socket may appear in it right now: sshd puts one into it, and whether that one is still there shows when it is used
    /// (<see cref="Agent.IsCheckedAtUse"/>).
    /// </summary>
    public bool MayBindNow =>
        !stamp.IsSettled || (time.GetUtcNow() - Modified < UsualTimeToBind && !Array.Exists(Agents, agent => agent.IsUsable));

    /// <summary>Whether sshd or ssh-agent gives folders such a name: <c>ssh-XXXXXXXXXX</c>.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.StartsWith(Prefix) && name.Length - Prefix.Length is >= LeastRandom and <= MostRandom && IsRandom(name[Prefix.Length..]);

    /// <param name="known">The contents of the folder at the previous reading, so that facts about its agents are kept.</param>
    /// <returns>Null if there is no free descriptor to read it.</returns>
    public static LoginFolder? Read(
        OpenDirectory parent, string parentPath, string name, ulong inode, LoginFolder? known, uint uid, TimeProvider time)
    {
        string path = Path.Join(parentPath, name);
        int result = OpenDirectory.TryOpen(parent.Descriptor, name, out OpenDirectory? opened);
        if (result < 0)
        {
            return Errno.IsExhausted(result) ? null : Unopened(parent, name, path, inode, uid, time);
        }

        using OpenDirectory directory = opened!;
        FileStatus status = directory.Status;
        var folder = new LoginFolder(path, inode, FolderStamp.Of(status, time.GetUtcNow()), time) { IsOurs = status.Uid == uid };
        if (folder.IsOurs)
        {
            folder.ReadSockets(directory, status, known?.Agents, uid);
        }

        return folder;
    }

    /// <summary>
    /// It is gone or another's, or its owner has shut it, even to himself. That one counts as empty, and is looked at again: when it is
    /// opened, its permissions are others.
    /// </summary>
    private static LoginFolder Unopened(OpenDirectory parent, string name, string path, ulong inode, uint uid, TimeProvider time) =>
        FileStatus.TryRead(parent.Descriptor, name, out FileStatus status) >= 0 && status.Uid == uid && status.Kind == FileKind.Directory
            ? new LoginFolder(path, inode, FolderStamp.Of(status, time.GetUtcNow()), time) { IsOurs = true }
            : new LoginFolder(path, inode, default, time);

    private static bool IsRandom(ReadOnlySpan<char> letters)
    {
        foreach (char letter in letters)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        return true;
    }

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
                    IsCheckedAtUse = true,
                    Refusal = SocketTrust.ExamineSocket(socket, uid),
                });
            }
        }

        Agents = [.. found];
    }
}
