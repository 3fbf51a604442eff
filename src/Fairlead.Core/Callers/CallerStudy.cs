using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Finds out who asks and where the person sits: what /proc shows on the loop, what may block on the fact thread.</summary>
internal sealed class CallerStudy(FactThread facts)
{
    /// <summary>A stuck /proc or file server costs a choice this much; then it is made from what is known.</summary>
    private static readonly TimeSpan FactDeadline = TimeSpan.FromMilliseconds(250);

    /// <summary>A multiplexer has its own patience; the rest is for a fact thread that is busy.</summary>
    private static readonly TimeSpan MultiplexerDeadline = MultiplexerReader.Patience + FactDeadline;

    private const CallerFacts InMultiplexer = CallerFacts.Attachments | CallerFacts.Session;

    /// <summary>A person waits for it.</summary>
    private static readonly TimeSpan SearchDeadline = TimeSpan.FromSeconds(1);

    private readonly LoginReader logins = new();
    private readonly MultiplexerReader multiplexers = new(TimeProvider.System);
    private readonly AttachmentMemory attachments = new();

    /// <param name="sessions">The session processes of the logins that have an agent.</param>
    /// <param name="needProgram">A rule asks for the caller's folder or program.</param>
    /// <returns>The logins by session process; empty when they could not be read in time.</returns>
    public async ValueTask<(Caller Caller, IReadOnlyDictionary<int, Login> Logins)> ReadAsync(
        CallerIdentity identity, IReadOnlySet<int> sessions, bool needProgram)
    {
        if (!ProcessFolder.IsOurs)
        {
            return (Caller.Unknown with { Pid = identity.Pid }, new Dictionary<int, Login>());
        }

        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, sessions);
        (Caller? Caller, Dictionary<int, Login>? Logins) known = await facts.AskAsync(
            () => (ReadFurther(caller, needProgram), logins.Read(sessions)), FactDeadline);
        return (await WithAttachmentsAsync(known.Caller ?? caller, sessions), known.Logins ?? []);
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity)
    {
        bool isThere = CallerReader.Read(identity.Pid, identity.AcceptedAt).Ancestors.Count > 0;
        return isThere ? await facts.AskAsync(() => WantedKeys.Read(identity.Pid), FactDeadline) ?? [] : [];
    }

    /// <summary>All logins of this user that can be seen, also those without an agent.</summary>
    public async ValueTask<IReadOnlyCollection<Login>> FindLoginsAsync() =>
        await facts.AskAsync(() => logins.Read(LoginSearch.Find()), SearchDeadline) is { } found ? found.Values : [];

    private static Caller ReadFurther(Caller caller, bool needProgram)
    {
        Caller known = CallerReader.WithEnvironments(caller);
        return needProgram ? CallerReader.WithProgram(known) : known;
    }

    /// <summary>Where the caller's multiplexer shows it. A caller that has a login above it is asked no more.</summary>
    private async ValueTask<Caller> WithAttachmentsAsync(Caller caller, IReadOnlySet<int> sessions)
    {
        if (caller.Ancestors.Count == 0)
        {
            return caller;
        }

        if (caller.Multiplexer is null && caller.Ancestors.Any(sessions.Contains))
        {
            return caller.Knowing(InMultiplexer);
        }

        (Caller? Caller, MultiplexerView? View) known = await facts.AskAsync(() => Attached(caller, sessions), MultiplexerDeadline);
        return known.View is null ? known.Caller ?? caller : attachments.Complete(known.Caller!, known.View.Sessions);
    }

    private (Caller Caller, MultiplexerView? View) Attached(Caller caller, IReadOnlySet<int> sessions)
    {
        if ((caller.Multiplexer ?? MultiplexerVariables.Find(caller.Pid)) is not MultiplexerServer server)
        {
            bool namesNone = !caller.Unread.HasFlag(CallerFacts.Environment);
            return (namesNone ? caller.Knowing(InMultiplexer) : caller, null);
        }

        MultiplexerView view = multiplexers.Read(server, sessions);
        return ((view.Attachments.Count > 0 ? caller.Below(server) : caller).ShownBy(server, view), view);
    }
}
