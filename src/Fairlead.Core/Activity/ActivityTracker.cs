using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Probing;

namespace Fairlead.Core.Activity;

/// <summary>Notes who types and who is attached at the moment when it happens, for later choices. Belongs to the loop.</summary>
internal sealed class ActivityTracker(BlockingWorker worker, AgentListeners listeners, LoginReader logins, MultiplexerReader multiplexers)
{
    /// <summary>Nothing waits for it, except the choices queued after it.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>For reading the logins that were found; only a report or a question to the person waits for it.</summary>
    private static readonly TimeSpan SearchTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(1);

    private readonly AttachmentMemory memory = new();
    private readonly NotesUnderWay notes = new(worker.Loop);
    private readonly Dictionary<string, ProcessIdentity> shown = [];
    private TypistWatch? typists;
    private InnerTypistWatch? inner;
    private AttachTracker? attached;
    private LoginPids watched = LoginPids.None;
    private IReadOnlyCollection<Login> found = [];
    private bool isLooking, wantsLook;

    /// <inheritdoc cref="AttachTracker.Noted"/>
    public Action? Noted { get; set; }

    /// <summary>Who typed where, up to this moment.</summary>
    public TypingTimes Typed
    {
        get
        {
            worker.Loop.Inotify.TellPending();
            return typists is null ? TypingTimes.None : inner!.With(typists.Notes);
        }
    }

    /// <summary>For reports: waits, up to a second, until all that was seen up to this moment is noted.</summary>
    public async ValueTask SettleAsync()
    {
        worker.Loop.Inotify.TellPending();
        await notes.SettleAsync(SettleTimeout);
    }

    /// <summary>
    /// Call it when somebody may have logged in. fairlead must watch who types and who is attached before the first request asks for it, because
    /// it cannot learn later what it did not see. It watches the multiplexers in any case, because the next login may make it matter who is
    /// attached now.
    /// </summary>
    public void LookAround()
    {
        wantsLook = true;
        if (!isLooking)
        {
            notes.Add(LookAroundAsync());
        }
    }

    /// <summary>The part of <see cref="LookAround"/> that reads no processes: somebody may have started a multiplexer.</summary>
    public void LookAtMultiplexers() => notes.Add(LookAtMultiplexersAsync());

    /// <summary>
    /// All logins of this user that can be seen, also those without an agent. This reads all processes, so what it finds also counts as
    /// looked for: fairlead watches new ones from now on.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<Login>> FindLoginsAsync()
    {
        IReadOnlyCollection<Login> before = found;
        IReadOnlyCollection<Login> all = await SearchAsync();
        if (!all.Select(login => login.Process).ToHashSet().SetEquals(before.Select(login => login.Process)))
        {
            notes.Add(WatchFoundAsync());
        }

        return all;
    }

    /// <summary>
    /// These logins have agents now. If they differ from before, fairlead watches from now on who types in them; nothing waits for that.
    /// </summary>
    public void NoteLoginPids(LoginPids loginPids)
    {
        if (!watched.Equals(loginPids))
        {
            notes.Add(WatchAsync(loginPids));
        }
    }

    /// <summary>
    /// Watches the terminals of these logins, except those of connections from this machine: typing there is also typing in another one.
    /// </summary>
    public void NoteLogins(IReadOnlyCollection<Login> withAgent)
    {
        LoginPids loops = listeners.LoopPids;
        WatchTerminals(withAgent.Where(login => !loops.Contains(login.Pid)).Concat(OthersThan(withAgent.Select(login => login.Pid).ToHashSet())));
    }

    /// <summary>Remembers where a multiplexer shows a caller's sessions.</summary>
    /// <returns>The logins that were attached to them most recently, the latest first; none while anybody is attached.</returns>
    public IReadOnlyList<int> Note(MultiplexerObservation seen)
    {
        NoteShown(seen.Server, seen.View.Attachments);
        return memory.NoteAndRecall(seen.Server, seen.View.Sessions, seen.View.Attachments);
    }

    /// <summary>One at a time, and once more for all that came meanwhile: with many processes a search takes longer than the next login.</summary>
    private async ValueTask LookAroundAsync()
    {
        isLooking = true;
        try
        {
            while (wantsLook)
            {
                wantsLook = false;
                await LookAtMultiplexersAsync();
                await SearchAsync();
                await WatchFoundAsync();
            }
        }
        finally
        {
            isLooking = false;
        }
    }

    private ValueTask LookAtMultiplexersAsync() => TryBegin() ? attached!.LookAroundAsync() : ValueTask.CompletedTask;

    private async ValueTask<IReadOnlyCollection<Login>> SearchAsync()
    {
        SortedSet<int> pids = await LoginSearch.FindAsync(worker, ProcessList.Read());
        IEnumerable<Login> read = await worker.RunAsync(() => logins.Read(pids), SearchTimeout) is { } all ? all.Values : [];

        // On a busy machine a search may be cut short. A login that lives is still there; who typed in it would be forgotten otherwise.
        Dictionary<ProcessIdentity, Login> living = found.Where(IsAlive).ToDictionary(login => login.Process);
        foreach (Login login in read)
        {
            living[login.Process] = login;
        }

        return found = living.Values;
    }

    /// <summary>Watches the logins that have an agent now, and those that the search found.</summary>
    private async ValueTask WatchFoundAsync()
    {
        await listeners.RefreshAsync();
        if (listeners.AreSeveral)
        {
            await UpdateLoginsAsync();
        }
        else
        {
            await WatchAsync(LoginPids.None); // the owner of the agent need not be known
        }
    }

    /// <summary>
    /// The logins that have an agent now, by the process at which they begin; fairlead watches from now on who types in them.
    /// </summary>
    private async ValueTask<LoginPids> UpdateLoginsAsync()
    {
        await listeners.RefreshAsync();
        await listeners.LearnAsync();
        LoginPids loginPids = listeners.LoginPids;
        await WatchAsync(loginPids);
        return loginPids;
    }

    /// <summary>Notes who types from now on: a later choice may depend on it, and the variables of a pane do.</summary>
    private async ValueTask WatchAsync(LoginPids loginPids)
    {
        watched = loginPids;
        LoginPids loops = listeners.LoopPids;
        Login[] others = [.. OthersThan(loginPids.Known).Where(login => !loops.Contains(login.Pid))];
        if (loginPids.Known.Count + others.Length < 2)
        {
            WatchTerminals([]);
        }
        else if (await worker.RunAsync(() => loginPids.Known.Select(logins.Read).ToArray(), ReadTimeout) is Login[] known)
        {
            WatchTerminals(known.Concat(others));
        }
        else if (watched.Equals(loginPids))
        {
            watched = LoginPids.None; // it took too long: the next choice tries again
        }
    }

    /// <summary>The logins without an agent from the most recent search, as far as they still exist.</summary>
    private IEnumerable<Login> OthersThan(IReadOnlySet<int> loginPids) => found.Where(login =>
        !loginPids.Contains(login.Pid) && !ConnectionVariable.IsFromHere(login.Connection) && IsAlive(login));

    /// <summary>Not one that was gone already when it was read: it has no start, and would seem to live forever.</summary>
    private static bool IsAlive(Login login) => login.Started > 0 && ProcessIdentity.Of(login.Pid) == login.Process;

    /// <summary>Watches the terminals of these logins and no others; none, if they are fewer than two.</summary>
    private void WatchTerminals(IEnumerable<Login> logins)
    {
        Login[] live = [.. logins.Where(login => login.Pid > 0)];
        HashSet<ProcessIdentity> processes = [.. live.Select(login => login.Process)];
        foreach ((string device, _) in shown.Where(known => !processes.Contains(known.Value)).ToArray())
        {
            shown.Remove(device);
        }

        inner?.KeepOnly(processes);
        IEnumerable<(string, ProcessIdentity)> owned = live.SelectMany(login => login.Terminals.Select(terminal => (terminal.Device, login.Process)));
        if (typists is not null || (live.Length > 1 && TryBegin()))
        {
            typists!.Watch(owned.Concat(shown.Select(known => (known.Key, known.Value))));
        }
    }

    /// <summary>
    /// A caller's multiplexer was seen on these terminals: processes of other SSH servers, or hidden ones (hidepid), have no title that
    /// names them.
    /// </summary>
    private void NoteShown(MultiplexerServer server, IReadOnlyList<Attachment> attachments)
    {
        Attachment[] onTerminals = [.. attachments.Where(attachment => attachment.Terminal.Length > 0)];
        foreach (Attachment attachment in onTerminals)
        {
            if (attachment.LoginPid > 0 && shown.Count < TypistWatch.MaxTerminals)
            {
                shown[attachment.Terminal] = ProcessIdentity.Of(attachment.LoginPid);
            }
        }

        if (TryBegin())
        {
            inner!.Note(attachments);
            if (onTerminals.Length == attachments.Count)
            {
                attached!.Meet(server); // the socket's mode says nothing of a server that programs connect to
            }
        }
    }

    /// <summary>Without inotify the system's own times must do, and what is seen at each request.</summary>
    private bool TryBegin()
    {
        Inotify inotify = worker.Loop.Inotify;
        if (typists is null && inotify.IsAvailable)
        {
            attached = new AttachTracker(inotify, worker, multiplexers, memory, notes)
            {
                LoginPids = UpdateLoginsAsync,
                Typed = () => Typed,
                MayAttach = terminal => typists!.WatchOn(terminal),
                Seen = attachments => inner!.Note(attachments),
                Noted = () => Noted?.Invoke(),
            };
            typists = new TypistWatch(inotify, worker.Loop.Time) { Changed = attached.Follow };
            inner = new InnerTypistWatch(inotify, worker.Loop.Time) { Changed = attached.Follow };
            inotify.Overflowed += () =>
            {
                typists.ArmAgain();
                inner.ArmAgain();
                attached.LookAgain();
            };
        }

        return typists is not null;
    }
}
