using Fairlead.Core.Activity;
using Fairlead.Core.CommandLines;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>Finds out who asks and where the person sits: what /proc shows on the loop, what may block on the fact thread.</summary>
internal sealed class CallerResolver
{
    /// <summary>A stuck /proc or file server costs a choice this much; then it is made from what is known.</summary>
    private static readonly TimeSpan FactDeadline = TimeSpan.FromMilliseconds(250);

    /// <summary>A multiplexer has its own patience; the rest is for a fact thread that is busy.</summary>
    private static readonly TimeSpan MultiplexerDeadline = MultiplexerReader.ReadTimeout + FactDeadline;

    private const CallerFacts InMultiplexer = CallerFacts.Attachments | CallerFacts.Session;

    /// <summary>A person waits for it.</summary>
    private static readonly TimeSpan SearchDeadline = TimeSpan.FromSeconds(1);

    private readonly BlockingWorker worker;
    private readonly LoginReader logins = new();
    private readonly MultiplexerReader multiplexers = new(TimeProvider.System);
    private readonly AttachmentMemory attachments = new();
    private readonly ActivityTracker activity;
    private IReadOnlySet<int> watched = new HashSet<int>();
    private IReadOnlyCollection<Login> found = [];

    /// <param name="sessions">Brings the agents up to date and tells the session processes of the logins that have one.</param>
    public CallerResolver(BlockingWorker worker, Func<ValueTask<IReadOnlySet<int>>> sessions)
    {
        this.worker = worker;
        activity = new ActivityTracker(worker, multiplexers, attachments) { Sessions = sessions, Noted = () => PeopleMoved?.Invoke() };
    }

    /// <summary>Called when somebody attached to a multiplexer, or turned to a session of one: another login may answer there.</summary>
    public Action? PeopleMoved { get; set; }

    /// <summary>Where a caller sits, as the processes above it tell: below a login, or in a multiplexer that shows it somewhere.</summary>
    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <returns>The caller without its environments; and what its multiplexer said, for <see cref="ReadAsync"/>.</returns>
    public async ValueTask<(Caller Caller, MultiplexerObservation? Seen)> PlaceAsync(CallerIdentity identity, IReadOnlySet<int> loginPids)
    {
        if (!ProcessFolder.IsOurs)
        {
            return (Caller.Unknown with { Pid = identity.Pid }, null);
        }

        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, loginPids);
        if (caller.Multiplexer is null)
        {
            return (caller, null);
        }

        TypingTimes typed = activity.Typed;
        (_, MultiplexerObservation? seen) = await worker.RunAsync(() => (true, See(caller, loginPids, typed)), MultiplexerDeadline);
        return seen is null ? (caller, null) : (Note(caller, seen), seen);
    }

    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <param name="loops">Those of them that were made from here: what is typed there is typed in another one, too, and only that is watched.</param>
    /// <param name="needProgram">A rule asks for the caller's folder or program.</param>
    /// <param name="seen">What its multiplexer has said just now; null when it was not asked.</param>
    /// <returns>The logins by session process; empty when they could not be read in time.</returns>
    public async ValueTask<(Caller Caller, IReadOnlyDictionary<int, Login> Logins)> ReadAsync(
        CallerIdentity identity, IReadOnlySet<int> loginPids, IReadOnlySet<int> loops, bool needProgram, MultiplexerObservation? seen = null)
    {
        if (!ProcessFolder.IsOurs)
        {
            return (Caller.Unknown with { Pid = identity.Pid }, new Dictionary<int, Login>());
        }

        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, loginPids);
        (Caller? Caller, Dictionary<int, Login>? Logins) known = await worker.RunAsync(
            () => (ReadFurther(caller, needProgram), logins.Read(loginPids)), FactDeadline);
        if (known.Logins is not null)
        {
            activity.WatchTerminals(known.Logins.Values.Where(login => !loops.Contains(login.Pid)).Concat(OthersThan(loginPids)));
        }

        TypingTimes typed = activity.Typed;
        Dictionary<int, Login> completed = (known.Logins ?? []).ToDictionary(login => login.Key, login => typed.Complete(login.Value));
        return (await WithAttachmentsAsync(known.Caller ?? caller, seen, loginPids, typed, completed.Values), completed);
    }

    /// <summary>The same as <see cref="ActivityTracker.LookAroundAsync"/>, and for the logins there are.</summary>
    public async ValueTask LookAroundAsync()
    {
        await activity.LookAroundAsync();
        found = await FindLoginsAsync();
    }

    /// <summary>Notes who types from now on: a choice may come that depends on it, and the variables of a pane do.</summary>
    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <param name="loops">Those of logins that were made from here, whose terminals are not watched.</param>
    public async ValueTask WatchAsync(IReadOnlySet<int> loginPids, IReadOnlySet<int> loops)
    {
        watched = loginPids;
        Login[] others = [.. OthersThan(loginPids).Where(login => !loops.Contains(login.Pid))];
        if (loginPids.Count + others.Length < 2)
        {
            activity.WatchTerminals([]);
        }
        else if (await worker.RunAsync(() => loginPids.Select(logins.Read).ToArray(), FactDeadline) is Login[] known)
        {
            activity.WatchTerminals(known.Concat(others));
        }
    }

    /// <summary>The same, without waiting for it, where these are others than before and there are no loops.</summary>
    public void NoteSessions(IReadOnlySet<int> loginPids)
    {
        if (!watched.SetEquals(loginPids))
        {
            worker.Loop.Observe(WatchAsync(loginPids, loops: new HashSet<int>()).AsTask());
        }
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) =>
        IsThere(identity) ? await worker.RunAsync(() => WantedKeys.Read(identity.Pid), FactDeadline) ?? [] : [];

    /// <summary>The value of a variable that the caller was started with; null when it is unset or cannot be read.</summary>
    public async ValueTask<string?> VariableAsync(CallerIdentity identity, string name) => IsThere(identity)
        ? await worker.RunAsync(() => EnvironmentBlock.Find(ProcessFile.ReadEnvironment(identity.Pid), name), FactDeadline)
        : null;

    /// <summary>All logins of this user that can be seen, also those without an agent.</summary>
    public async ValueTask<IReadOnlyCollection<Login>> FindLoginsAsync() =>
        await worker.RunAsync(() => logins.Read(LoginSearch.Find()), SearchDeadline) is { } found ? found.Values : [];

    /// <summary>A caller and where it is shown, among all logins, also those without an agent.</summary>
    /// <param name="withAgent">The session processes that are known: those of other logins may be hidden.</param>
    /// <returns>The caller without its environments, and the session processes of the logins.</returns>
    public async ValueTask<(Caller Caller, IReadOnlySet<int> Sessions)> FindAsync(CallerIdentity identity, IReadOnlySet<int> withAgent)
    {
        TypingTimes typed = activity.Typed;
        (Caller? Caller, HashSet<int>? Sessions) found = ProcessFolder.IsOurs
            ? await worker.RunAsync(() => Find(identity, [.. withAgent, .. LoginSearch.Find()], typed), SearchDeadline)
            : default;
        return (found.Caller ?? Caller.Unknown, found.Sessions ?? []);
    }

    /// <inheritdoc cref="LoginEnvironment"/>
    public async ValueTask<LoginEnvironment?> EnvironmentAsync(ViewingLogin viewing) => await worker.RunAsync(() => LoginEnvironment.Read(viewing), FactDeadline);

    private (Caller Caller, HashSet<int> Sessions) Find(CallerIdentity identity, HashSet<int> loginPids, TypingTimes typed)
    {
        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, loginPids);
        bool isBelowLogin = caller.Multiplexer is null && caller.Ancestors.Any(loginPids.Contains);
        return (isBelowLogin || See(caller, loginPids, typed) is not MultiplexerObservation seen ? caller : caller.SeenIn(seen), loginPids);
    }

    /// <summary>The logins that have no agent, as they were found last, as far as they are still there.</summary>
    private IEnumerable<Login> OthersThan(IReadOnlySet<int> loginPids) => found.Where(login =>
        !loginPids.Contains(login.Pid) && !ConnectionVariable.IsFromHere(login.Connection) && ProcessStat.TryRead(login.Pid, out _));

    private static bool IsThere(CallerIdentity identity) => CallerReader.IsThere(identity.Pid, identity.AcceptedAt);

    private static Caller ReadFurther(Caller caller, bool needProgram)
    {
        Caller known = CallerReader.WithEnvironments(caller);
        return needProgram ? CallerReader.WithProgram(known) : known;
    }

    /// <summary>Where the caller's multiplexer shows it. A caller that has a login above it is asked no more.</summary>
    private async ValueTask<Caller> WithAttachmentsAsync(
        Caller caller, MultiplexerObservation? seen, IReadOnlySet<int> loginPids, TypingTimes typed, IEnumerable<Login> known)
    {
        if (caller.Ancestors.Count == 0)
        {
            return caller;
        }

        if (caller.Multiplexer is null && caller.Ancestors.Any(loginPids.Contains))
        {
            return caller.Knowing(InMultiplexer);
        }

        bool isKnown = true;
        if (seen is null)
        {
            (isKnown, seen) = await worker.RunAsync(() => (true, See(caller, loginPids, typed)), MultiplexerDeadline);
        }

        if (seen is not null)
        {
            return WithNamed(Note(caller, seen), seen.View, known);
        }

        return isKnown && !caller.Unread.HasFlag(CallerFacts.Environment) ? caller.Knowing(InMultiplexer) : caller;
    }

    /// <summary>Remembers who is attached, and gives the caller what is remembered when nobody is.</summary>
    private Caller Note(Caller caller, MultiplexerObservation seen)
    {
        activity.NoteShown(seen.Server, seen.View.Attachments);
        return caller.SeenIn(seen) with { LastAttached = attachments.NoteAndRecall(seen.Server, seen.View.Sessions, seen.View.Attachments) };
    }

    /// <summary>
    /// A login that the multiplexer names as the last to attach, and that was never seen there, came after all who were: nobody asked while it was
    /// attached. The others are known to have been there, so who of them typed last counts.
    /// </summary>
    private static Caller WithNamed(Caller caller, MultiplexerView view, IEnumerable<Login> known)
    {
        int[] named = [.. known.Where(login => login.Connection is not null && view.Connections.Contains(login.Connection)).Select(login => login.Pid)];
        return caller.Attachments.Count > 0 ? caller : caller with { LastAttached = [.. named.Except(caller.LastAttached), .. caller.LastAttached] };
    }

    private MultiplexerObservation? See(Caller caller, IReadOnlySet<int> loginPids, TypingTimes typed) =>
        (caller.Multiplexer ?? MultiplexerVariables.Find(caller.Pid)) is MultiplexerServer server
            ? new MultiplexerObservation(server, multiplexers.Read(server, loginPids, typed))
            : null;
}
