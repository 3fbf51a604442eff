using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Agents;

/// <summary>
/// One folder in which sockets of forwarded agents appear, read in both layouts: <c>ssh-XXXX/agent.PID</c> (OpenSSH up to 10.0, in /tmp)
/// and <c>s.HASH.sshd.XXXX</c> (10.1 and later, in ~/.ssh/agent); the names are those of <see cref="SshdSocketName"/>.
/// </summary>
internal sealed class SocketFolder(string path, uint uid, TimeProvider time) : ISocketFinder
{
    /// <summary>How many of the newest login folders are read again each time if they may change; the others never change again.</summary>
    private const int MaxWatched = 64;

    /// <summary>
    /// How many folders of dead logins are read again, because somebody may bind in one by hand. With ten thousand of them, more would be
    /// noticeable.
    /// </summary>
    private const int MaxLeftBehind = 8;

    /// <summary>A folder that takes longer to read is read off the loop, because anyone can fill /tmp.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// How many names are read in any case. A busy machine may take the processor away for longer than a slice, which does not make a
    /// folder large.
    /// </summary>
    private const int MinRead = 256;

    /// <summary>Our own that may change.</summary>
    private readonly Dictionary<string, LoginFolder> loginFolders = [];
    private readonly Dictionary<string, Agent> sockets = [];
    private readonly LeftBehindFolders leftBehind = new();
    private readonly StrangersFolders strangers = new();
    private readonly List<LoginFolder> watched = [];
    private List<LoginFolder> ownFolders = [];

    /// <summary>
    /// The names of agents and of our own login folders at the most recent reading. Kept, because the folder is read again at each login.
    /// </summary>
    private readonly HashSet<string> present = [];
    private FolderStamp stamp;
    private FolderReading? reading;

    /// <summary>When the folders of logins were looked at most recently and found as they were; null if one of them may change at any time.</summary>
    private long? unchangedAt;
    private bool isLarge;
    private bool hasNews;
    private int ended;

    public string Path => path;

    public bool MayBlock { get; } = FileSystem.MayBlock(path);

    /// <summary>There is more to read than <see cref="Refresh()"/> reads; <see cref="ReadOn()"/> reads it.</summary>
    public bool IsBehind { get; private set; }

    public IReadOnlyList<Agent> Agents { get; private set; } = [];

    public IReadOnlyList<RefusedSocket> Refused { get; private set; } = [];

    /// <summary>
    /// The paths of the folders of this user's logins at the most recent reading; null while another thread is reading.
    /// </summary>
    public IReadOnlyList<string>? FindLoginFolders()
    {
        if (!Monitor.TryEnter(this))
        {
            return null;
        }

        try
        {
            return [.. loginFolders.Keys.Concat(leftBehind.Names).Select(name => System.IO.Path.Join(path, name))];
        }
        finally
        {
            Monitor.Exit(this);
        }
    }

    public bool Refresh() => Refresh(TimeSpan.Zero);

    /// <inheritdoc cref="AgentRegistry.RefreshAsync" path="/param"/>
    /// <returns>Whether <see cref="Agents"/> and <see cref="Refused"/> were replaced.</returns>
    public bool Refresh(TimeSpan age)
    {
        hasNews |= ended > MaxLeftBehind && ended > loginFolders.Count / 2;
        if (isLarge && reading is null)
        {
            IsBehind = !IsUpToDate(age, out _);
            return CollectNews();
        }

        return ReadOn(age);
    }

    /// <summary>
    /// The agent of one of its folders has ended. If many have, as at the first look at what dead logins left behind, their folders are
    /// put aside at the next refresh.
    /// </summary>
    public void NoteEnded() => ended++;

    /// <summary>Reads a slice of it, or begins again if it has changed. Call it until it is not <see cref="IsBehind"/>.</summary>
    /// <returns>Whether <see cref="Agents"/> and <see cref="Refused"/> were replaced.</returns>
    public bool ReadOn() => ReadOn(TimeSpan.Zero);

    private bool ReadOn(TimeSpan age)
    {
        if (reading is null && !TryBegin(age, out bool isGone))
        {
            return isGone | CollectNews();
        }

        long began = time.GetTimestamp();
        bool isAll = reading!.Directory.ReadEach("s"u8, Look, read => (read >= MinRead || reading.IsLong) && time.GetElapsedTime(began) >= Slice);
        IsBehind = !isAll;
        isLarge = !isAll || (isLarge && reading.IsLong);
        reading.IsLong = isLarge;
        if (isAll)
        {
            Finish();
        }

        return CollectNews();
    }

    /// <summary>Whether only OpenSSH's sshd gives sockets such a path, in any folder.</summary>
    public static bool IsSshdPath(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = System.IO.Path.GetFileName(path);
        return SshdSocketName.IsInHome(name)
            || (SshdSocketName.IsInLoginFolder(name) && LoginFolder.IsName(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path))));
    }

    /// <summary>Whether this name in this folder, or in the folder of a login in it, may be that of an agent.</summary>
    public bool MayLeadToAgent(string folder, string name) => folder == path
        ? LoginFolder.IsName(name) || SshdSocketName.IsInHome(name)
        : System.IO.Path.GetDirectoryName(folder) == path && SshdSocketName.IsInLoginFolder(name);

    /// <param name="isGone">Whether there was a folder, and no longer is.</param>
    /// <returns>False if there is nothing to read.</returns>
    private bool TryBegin(TimeSpan age, out bool isGone)
    {
        isGone = IsBehind = false;
        if (IsUpToDate(age, out FileStatus status))
        {
            return false;
        }

        FolderStamp fresh = FolderStamp.Of(status, time.GetUtcNow());
        int result = OpenDirectory.TryOpen(path, out OpenDirectory? directory);
        if (result < 0)
        {
            isGone = !Errno.IsExhausted(result) && Forget();
            return false;
        }

        present.Clear();
        leftBehind.NoteBegin();
        stamp = fresh;
        reading = new FolderReading(directory!, [.. Watched()], time.GetTimestamp());
        return true;
    }

    private void Finish()
    {
        reading!.Directory.Dispose();
        unchangedAt = loginFolders.Values.Any(folder => folder.IsOurs && folder.MayBindNow) ? null : reading.Began;
        reading = null;
        strangers.NoteEnd();
        leftBehind.NoteEnd();
        RemoveAbsent(loginFolders);
        RemoveAbsent(sockets);
    }

    /// <summary>There is no such folder any more.</summary>
    /// <returns>Whether there was one.</returns>
    private bool Forget()
    {
        strangers.Clear();
        if (loginFolders.Count + sockets.Count + leftBehind.Count == 0)
        {
            return false;
        }

        leftBehind.Clear();
        loginFolders.Clear();
        sockets.Clear();
        stamp = default;
        Collect();
        return true;
    }

    private bool IsUpToDate(TimeSpan age, out FileStatus status)
    {
        if (FileStatus.TryRead(path, out status) < 0 || !stamp.Holds(status))
        {
            return false;
        }

        if (unchangedAt is long at && time.GetElapsedTime(at) < age)
        {
            return true;
        }

        long now = time.GetTimestamp();
        bool mayBind = false;
        foreach (LoginFolder folder in Watched())
        {
            if (folder.HasChanged())
            {
                return false;
            }

            mayBind |= folder.MayBindNow;
        }

        unchangedAt = mayBind ? null : now;
        return true;
    }

    /// <summary>The login folders that may change, in a list that is used again.</summary>
    private List<LoginFolder> Watched()
    {
        watched.Clear();
        DateTimeOffset now = time.GetUtcNow();
        int leftBehind = 0;
        for (int i = 0; i < Math.Min(ownFolders.Count, MaxWatched); i++)
        {
            if (!ownFolders[i].IsLeftBehind(now) || leftBehind++ < MaxLeftBehind)
            {
                watched.Add(ownFolders[i]);
            }
        }

        return watched;
    }

    private void Look(ReadOnlySpan<char> name, ulong inode)
    {
        if (LoginFolder.IsName(name))
        {
            LookAtLoginFolder(name, inode);
        }
        else if (SshdSocketName.IsInHome(name))
        {
            LookAtSocket(name);
        }
    }

    private void LookAtLoginFolder(ReadOnlySpan<char> found, ulong inode)
    {
        OpenDirectory directory = reading!.Directory;
        if (loginFolders.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(found, out string? name, out LoginFolder? known))
        {
            present.Add(name);
            if (known.Inode == inode && !(reading.Watched.Contains(known) && known.HasChanged()))
            {
                return;
            }
        }
        else if (leftBehind.Contains(found, inode) || strangers.Contains(found, inode) || FileStatus.TryRead(directory.Descriptor, found, out FileStatus status) < 0)
        {
            return;
        }
        else if (status.Uid != uid || status.Kind != FileKind.Directory)
        {
            strangers.Add(found, inode);
            return;
        }

        name ??= found.ToString();
        if (LoginFolder.Read(directory, path, name, inode, known, uid, time) is LoginFolder read)
        {
            present.Add(name);
            loginFolders[name] = read;
            hasNews = true;
        }
        else
        {
            stamp = default; // forces another reading, although nothing will have changed
        }
    }

    private void LookAtSocket(ReadOnlySpan<char> found)
    {
        OpenDirectory directory = reading!.Directory;
        string name = sockets.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(found, out string? same, out Agent? known) ? same : found.ToString();
        present.Add(name);
        if (FileStatus.TryRead(directory.Descriptor, name, out FileStatus status) < 0
            || (known is not null && known.IsAt(status) && !IsRefusedForItsFolder(known)))
        {
            return;
        }

        hasNews = true;
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

    /// <summary>Its owner may have repaired the folder since.</summary>
    private static bool IsRefusedForItsFolder(Agent agent) => agent.Refusal is Refusal.FolderOfAnotherUser or Refusal.FolderWritableByOthers;

    private void RemoveAbsent<T>(Dictionary<string, T> known)
    {
        foreach (string name in known.Keys)
        {
            if (!present.Contains(name))
            {
                known.Remove(name);
                hasNews = true;
            }
        }
    }

    private bool CollectNews()
    {
        bool isNew = hasNews;
        if (isNew)
        {
            hasNews = false;
            Collect();
        }

        return isNew;
    }

    private void Collect()
    {
        ended = 0;
        DateTimeOffset now = time.GetUtcNow();
        foreach ((string name, LoginFolder folder) in loginFolders.Where(pair => pair.Value.IsLeftBehind(now)).OrderByDescending(pair => pair.Value.Modified).Skip(MaxLeftBehind))
        {
            leftBehind.Add(name, folder.Inode);
            loginFolders.Remove(name);
        }

        Agents = [.. loginFolders.Values.SelectMany(folder => folder.Agents), .. sockets.Values];
        Refused = [.. loginFolders.Values.Select(folder => folder.Refused).OfType<RefusedSocket>()];
        ownFolders = [.. loginFolders.Values.Where(folder => folder.IsOurs).OrderByDescending(folder => folder.Modified)];
    }
}

/// <summary>A folder that is being read.</summary>
/// <param name="Watched">The known login folders that may have changed.</param>
/// <param name="Began">A timestamp of the provider of times.</param>
internal sealed record FolderReading(OpenDirectory Directory, HashSet<LoginFolder> Watched, long Began)
{
    /// <summary>It takes more than one slice.</summary>
    public bool IsLong { get; set; }
}
