using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Agents;

/// <summary>
/// One folder in which sockets of forwarded agents appear, read in both layouts: <c>ssh-XXXX/agent.PID</c> (OpenSSH up to 10.0, in /tmp) and
/// <c>s.HASH.sshd.XXXX</c> (10.1 and later, in ~/.ssh/agent).
/// </summary>
internal sealed class SocketFolder(string path, uint uid, TimeProvider time) : ISocketFinder
{
    /// <summary>The newest login folders, of which those that may change are looked at again each time; the others never change again.</summary>
    private const int MaxWatched = 64;

    /// <summary>Of those that dead logins have left behind: somebody may bind in one by hand. Of ten thousand, to look at more would be felt.</summary>
    private const int MaxLeftBehind = 8;

    /// <summary>What sshd calls the folder of a login, before OpenSSH 10.1.</summary>
    public const string LoginFolderPrefix = "ssh-";

    private readonly Dictionary<string, LoginFolder> loginFolders = [];
    private readonly Dictionary<string, Agent> sockets = [];
    private List<LoginFolder> ownFolders = [];

    /// <summary>The names that were there when it was read last. Kept, because it is read again at each login, and /tmp may be full of folders.</summary>
    private readonly HashSet<string> present = [];
    private FolderStamp stamp;

    public string Path => path;

    public bool MayBlock { get; } = FileSystem.MayBlock(path);

    public IReadOnlyList<Agent> Agents { get; private set; } = [];

    public IReadOnlyList<RefusedSocket> Refused { get; private set; } = [];

    public bool Refresh()
    {
        if (FileStatus.TryRead(path, out FileStatus status) >= 0 && IsUpToDate(status))
        {
            return false;
        }

        FolderStamp fresh = FolderStamp.Of(status, time.GetUtcNow());
        int result = OpenDirectory.TryOpen(path, out OpenDirectory? directory);
        if (result < 0)
        {
            return !Errno.IsExhausted(result) && Forget();
        }

        stamp = fresh;
        using (directory)
        {
            Read(directory!);
        }

        Collect();
        return true;
    }

    /// <summary>Whether only OpenSSH's sshd gives sockets such a path, in whatever folder.</summary>
    public static bool IsSshdPath(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = System.IO.Path.GetFileName(path);
        return IsForwardedSocketName(name)
            || (name.StartsWith(LoginFolder.SocketPrefix) && IsLoginFolderName(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path))));
    }

    /// <summary>Whether this name in this folder, or in the folder of a login in it, may be that of an agent.</summary>
    public bool MayLeadToAgent(string folder, string name) => folder == path
        ? IsLoginFolderName(name) || IsForwardedSocketName(name)
        : System.IO.Path.GetDirectoryName(folder) == path && name.StartsWith(LoginFolder.SocketPrefix, StringComparison.Ordinal);

    /// <summary>There is no such folder any more.</summary>
    /// <returns>Whether there was one.</returns>
    private bool Forget()
    {
        if (loginFolders.Count + sockets.Count == 0)
        {
            return false;
        }

        loginFolders.Clear();
        sockets.Clear();
        stamp = default;
        Collect();
        return true;
    }

    /// <summary>s.HASH.sshd.RANDOM; the sockets of local ssh-agents are called s.HASH.agent.RANDOM (OpenSSH misc-agent.c).</summary>
    private static bool IsForwardedSocketName(ReadOnlySpan<char> name)
    {
        Span<Range> parts = stackalloc Range[5];
        return name.Split(parts, '.') == 4
            && name[parts[0]] is "s" && !name[parts[1]].IsEmpty && name[parts[2]] is "sshd" && !name[parts[3]].IsEmpty;
    }

    private static bool IsLoginFolderName(ReadOnlySpan<char> name) => name.StartsWith(LoginFolderPrefix);

    private bool IsUpToDate(FileStatus status) => stamp.Holds(status) && !Watched().Any(folder => folder.HasChanged);

    private IEnumerable<LoginFolder> Watched()
    {
        DateTimeOffset now = time.GetUtcNow();
        int leftBehind = 0;
        return ownFolders.Take(MaxWatched).Where(folder => !folder.IsLeftBehind(now) || leftBehind++ < MaxLeftBehind);
    }

    private void Read(OpenDirectory directory)
    {
        present.Clear();
        HashSet<LoginFolder> watched = [.. Watched()];
        directory.ReadEach("s"u8, (name, inode) =>
        {
            if (IsLoginFolderName(name))
            {
                ReadLoginFolder(directory, name, inode, watched);
            }
            else if (IsForwardedSocketName(name))
            {
                ReadSocket(directory, name);
            }
        });
        RemoveAbsent(loginFolders);
        RemoveAbsent(sockets);
    }

    private void ReadLoginFolder(OpenDirectory directory, ReadOnlySpan<char> found, ulong inode, HashSet<LoginFolder> watched)
    {
        string name = loginFolders.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(found, out string? same, out LoginFolder? known) ? same : found.ToString();
        present.Add(name);
        if (known is not null && known.Inode == inode && !(watched.Contains(known) && known.HasChanged))
        {
            return;
        }

        if (LoginFolder.Read(directory, path, name, inode, known, uid, time.GetUtcNow()) is LoginFolder read)
        {
            loginFolders[name] = read;
        }
        else
        {
            stamp = default; // to be read again, although nothing will have changed
        }
    }

    private void ReadSocket(OpenDirectory directory, ReadOnlySpan<char> found)
    {
        string name = sockets.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(found, out string? same, out Agent? known) ? same : found.ToString();
        present.Add(name);
        if (FileStatus.TryRead(directory.Descriptor, name, out FileStatus status) < 0
            || (known is not null && known.IsAt(status) && !IsRefusedForItsFolder(known)))
        {
            return;
        }

        sockets[name] = new Agent
        {
            Path = System.IO.Path.Join(path, name),
            Source = AgentSource.Forwarded,
            Identity = status.Identity,
            Created = status.Changed,
            MayBlock = MayBlock,
            Refusal = SocketTrust.ExamineFolder(directory.Status, uid) ?? SocketTrust.ExamineSocket(status, uid),
        };
    }

    /// <summary>Its owner may have mended the folder since.</summary>
    private static bool IsRefusedForItsFolder(Agent agent) => agent.Refusal is Refusal.FolderOfAnotherUser or Refusal.FolderWritableByOthers;

    private void RemoveAbsent<T>(Dictionary<string, T> known)
    {
        foreach (string name in known.Keys)
        {
            if (!present.Contains(name))
            {
                known.Remove(name);
            }
        }
    }

    private void Collect()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (LoginFolder folder in loginFolders.Values.Where(folder => folder.IsLeftBehind(now)))
        {
            folder.Forget();
        }

        Agents = [.. loginFolders.Values.SelectMany(folder => folder.Agents), .. sockets.Values];
        Refused = [.. loginFolders.Values.Select(folder => folder.Refused).OfType<RefusedSocket>()];
        ownFolders = [.. loginFolders.Values.Where(folder => folder.IsOurs).OrderByDescending(folder => folder.Modified)];
    }
}
