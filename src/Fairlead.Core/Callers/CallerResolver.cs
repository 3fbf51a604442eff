using Fairlead.Core.Activity;
using Fairlead.Core.CommandLines;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>Identifies the caller and finds where the person sits: it reads /proc on the loop, and on the worker what may block.</summary>
internal sealed class CallerResolver(BlockingWorker worker, LoginReader logins, MultiplexerReader multiplexers, ActivityTracker activity)
{
    /// <summary>A stuck /proc or file server delays a choice this long; then fairlead chooses from what it knows.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>A multiplexer has its own patience; the rest is for a worker that is busy.</summary>
    private static readonly TimeSpan MultiplexerTimeout = MultiplexerReader.ReadTimeout + ReadTimeout;

    /// <summary>For a report that a person waits for.</summary>
    private static readonly TimeSpan SearchTimeout = TimeSpan.FromSeconds(1);

    private const CallerFacts InMultiplexer = CallerFacts.Attachments | CallerFacts.Session;

    /// <summary>What the processes above a caller show. Reads only /proc.</summary>
    /// <param name="loginPids">The processes at which the logins with an agent begin.</param>
    public static LocatedCaller Climb(CallerIdentity identity, LoginPids loginPids)
    {
        Caller climbed = ProcessFolder.IsOurs
            ? CallerReader.Read(identity.Pid, identity.AcceptedAt, loginPids)
            : Caller.Unknown with { Pid = identity.Pid };
        return new LocatedCaller(loginPids, climbed, Seen: null) { WantsReasons = identity.WantsReasons };
    }

    /// <summary>
    /// Whether a caller's login may be newer than that: sshd makes the agent's socket before it starts the first program of a login. If
    /// hidepid hides sshd, any new process may belong to a new login.
    /// </summary>
    /// <param name="since">Clock ticks since boot.</param>
    public static bool IsInNewLogin(CallerIdentity identity, ulong since)
    {
        ProcessStat below = default;
        foreach (ProcessStat process in ProcessAncestors.Of(identity.Pid))
        {
            if (process.Command.StartsWith("sshd", StringComparison.Ordinal))
            {
                return below.Started >= since;
            }

            below = process;
        }

        return below.Parent > 1 && below.Started >= since;
    }

    /// <summary>The place of a caller: below a login, or in a multiplexer that shows it on terminals.</summary>
    /// <param name="loginPids">The processes at which the logins with an agent begin.</param>
    /// <returns>The caller with its attachments, without its environments.</returns>
    public async ValueTask<(LocatedCaller Located, Caller Shown)> LocateAsync(CallerIdentity identity, LoginPids loginPids)
    {
        LocatedCaller climbed = Climb(identity, loginPids);
        bool mayBeShown = climbed.Climbed is { Multiplexer: not null } or { LoginPid: > 0, Servers.Count: > 0 };
        if (!mayBeShown)
        {
            return (climbed, climbed.Climbed);
        }

        TypingTimes typed = activity.Typed;
        (_, MultiplexerObservation? seen) = await worker.RunAsync(() => (true, See(climbed.Climbed, loginPids, typed)), MultiplexerTimeout);
        return (climbed with { Seen = seen }, seen is null ? climbed.Climbed : Note(climbed.Climbed, seen));
    }

    /// <summary>Everything else about a caller that a choice may need, and the logins it may choose from.</summary>
    /// <param name="needs">What is asked of the caller.</param>
    /// <returns>The logins by session process; empty when they could not be read in time, and if the place is not needed.</returns>
    public async ValueTask<(Caller Caller, IReadOnlyDictionary<int, Login> Logins)> ReadAsync(LocatedCaller located, CallerNeeds needs)
    {
        if (!ProcessFolder.IsOurs)
        {
            return (located.Climbed, new Dictionary<int, Login>());
        }

        if (!needs.Place)
        {
            return (await worker.RunAsync(() => ReadFurther(located.Climbed, needs), ReadTimeout) ?? located.Climbed, new Dictionary<int, Login>());
        }

        (Caller? Caller, Dictionary<int, Login>? Logins) known = await worker.RunAsync(
            () => (ReadFurther(located.Climbed, needs), logins.Read(located.LoginPids.Known)), ReadTimeout);
        if (known.Logins is not null)
        {
            activity.NoteLogins(known.Logins.Values);
        }

        TypingTimes typed = activity.Typed;
        Dictionary<int, Login> completed = (known.Logins ?? []).ToDictionary(login => login.Key, login => typed.Complete(login.Value));
        return (await WithAttachmentsAsync(known.Caller ?? located.Climbed, located, typed, completed.Values), completed);
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) =>
        IsThere(identity) ? await worker.RunAsync(() => WantedKeys.Read(identity.Pid), ReadTimeout) ?? [] : [];

    /// <summary>The value of a variable that the caller was started with; null when it is unset or cannot be read.</summary>
    public async ValueTask<string?> VariableAsync(CallerIdentity identity, string name) => IsThere(identity)
        ? await worker.RunAsync(() => EnvironmentBlock.Find(ProcessFile.ReadEnvironment(identity.Pid), name), ReadTimeout)
        : null;

    /// <summary>A caller and the terminals that show it, among all logins, also those without an agent.</summary>
    /// <param name="withAgent">The known logins: the session processes of others may be hidden.</param>
    /// <returns>The caller without its environments.</returns>
    public async ValueTask<Caller> FindAsync(CallerIdentity identity, LoginPids withAgent)
    {
        if (!ProcessFolder.IsOurs)
        {
            return Caller.Unknown;
        }

        TypingTimes typed = activity.Typed;
        LoginPids all = withAgent.With(await LoginSearch.FindAsync(worker, ProcessList.Read()));
        return await worker.RunAsync(() => Find(identity, all, typed), SearchTimeout) ?? Caller.Unknown;
    }

    /// <inheritdoc cref="LoginEnvironment"/>
    public async ValueTask<LoginEnvironment?> EnvironmentAsync(ViewingLogin viewing) =>
        await worker.RunAsync(() => LoginEnvironment.Read(viewing), ReadTimeout);

    private Caller Find(CallerIdentity identity, LoginPids loginPids, TypingTimes typed)
    {
        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, loginPids);
        return caller.IsPlainlyInLogin || See(caller, loginPids, typed) is not MultiplexerObservation seen ? caller : caller.SeenIn(seen);
    }

    private static bool IsThere(CallerIdentity identity) => CallerReader.IsThere(identity.Pid, identity.AcceptedAt);

    private static Caller ReadFurther(Caller caller, CallerNeeds needs) =>
        CallerReader.WithNeeds(needs.Place || needs.Variables.Count > 0 ? CallerReader.WithEnvironments(caller) : caller, needs);

    /// <summary>
    /// The terminals on which the caller's multiplexer shows it. For a caller with a login above it, nothing more is asked.
    /// </summary>
    private async ValueTask<Caller> WithAttachmentsAsync(Caller caller, LocatedCaller located, TypingTimes typed, IEnumerable<Login> known)
    {
        if (caller.Ancestors.Count == 0)
        {
            return caller;
        }

        if (caller.IsPlainlyInLogin)
        {
            return caller.Knowing(InMultiplexer);
        }

        bool isKnown = true;
        MultiplexerObservation? seen = located.Seen;
        if (seen is null)
        {
            (isKnown, seen) = await worker.RunAsync(() => (true, See(caller, located.LoginPids, typed)), MultiplexerTimeout);
        }

        if (seen is not null)
        {
            return WithNamed(Note(caller, seen), seen.View, known);
        }

        if (located.WantsReasons && caller.Servers.Count > 0)
        {
            int server = await worker.RunAsync(() => TcpServerAbove(caller), ReadTimeout);
            caller = caller with { TcpServer = server };
        }

        return isKnown && (caller.LoginPid > 0 || !caller.Unread.HasFlag(CallerFacts.Environment)) ? caller.Knowing(InMultiplexer) : caller;
    }

    /// <summary>The nearest server above a caller with a TCP connection from this machine; 0 for none.</summary>
    private static int TcpServerAbove(Caller caller)
    {
        var table = TcpTable.Read(caller.Pid);
        return caller.Servers.Select(server => server.Pid).FirstOrDefault(server => table.ServesFromHere(ProcessDescriptors.SocketsOf(server)));
    }

    /// <summary>Remembers who is attached; if nobody is, gives the caller what it remembers.</summary>
    private Caller Note(Caller caller, MultiplexerObservation seen) => caller.SeenIn(seen) with { LastAttached = activity.Note(seen) };

    /// <summary>
    /// If the multiplexer names a login as the most recent to attach, and that was never seen there, it came after all that were seen:
    /// nothing asked while it was attached. The others were certainly there, so the one typed in most recently counts.
    /// </summary>
    private static Caller WithNamed(Caller caller, MultiplexerView view, IEnumerable<Login> known)
    {
        int[] named = [.. known.Where(login => login.Connection is not null && view.Connections.Contains(login.Connection)).Select(login => login.Pid)];
        return caller.Attachments.Count > 0 ? caller : caller with { LastAttached = [.. named.Except(caller.LastAttached), .. caller.LastAttached] };
    }

    /// <summary>
    /// The terminals on which the nearest multiplexer above a caller shows it. If it is shown nowhere, or there is no multiplexer, the
    /// programs of logins that are connected to a server above the caller. The environment comes after them, because it shows where the
    /// server was started.
    /// </summary>
    /// <returns>Null if there is neither.</returns>
    private MultiplexerObservation? See(Caller caller, LoginPids loginPids, TypingTimes typed)
    {
        MultiplexerObservation? above = caller.Multiplexer is MultiplexerServer multiplexer ? Look(multiplexer) : null;
        if (above?.View.Attachments.Count > 0)
        {
            return above;
        }

        MultiplexerObservation? connected = caller.Servers.Select(Look).FirstOrDefault(seen => seen.View.Attachments.Count > 0);
        return connected ?? above
            ?? (caller.LoginPid == 0 && MultiplexerSearch.NamedBy(caller.Pid) is MultiplexerServer named ? Look(named) : null);

        MultiplexerObservation Look(MultiplexerServer server) => new(server, multiplexers.Read(server, loginPids, typed));
    }
}
