using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Finds out who asks and where the person sits: what /proc shows on the loop, what may block on the fact thread.</summary>
internal sealed class CallerStudy(FactThread facts)
{
    /// <summary>A stuck /proc or file server costs a choice this much; then it is made from what is known.</summary>
    private static readonly TimeSpan FactDeadline = TimeSpan.FromMilliseconds(250);

    /// <summary>A multiplexer has its own patience; the rest is for a fact thread that is busy.</summary>
    private static readonly TimeSpan MultiplexerDeadline = MultiplexerReader.Patience + FactDeadline;

    private readonly LoginReader logins = new();
    private readonly MultiplexerReader multiplexers = new(TimeProvider.System);
    private readonly AttachmentMemory attachments = new();
    private readonly PresenceNotes presence = new(facts.Loop);

    /// <param name="sessions">The session processes of the logins that have an agent.</param>
    /// <param name="needProgram">A rule asks for the caller's folder or program.</param>
    /// <returns>The logins by session process; empty when they could not be read in time.</returns>
    public async ValueTask<(Caller Caller, IReadOnlyDictionary<int, Login> Logins)> ReadAsync(
        CallerIdentity identity, IReadOnlySet<int> sessions, bool needProgram)
    {
        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, sessions);
        (Caller? Caller, Dictionary<int, Login>? Logins) known = await facts.AskAsync(
            () => (ReadFurther(caller, needProgram), sessions.ToDictionary(pid => pid, logins.Read)), FactDeadline);
        if (known.Logins is not null)
        {
            presence.WatchTerminals(known.Logins.Values);
        }

        TypedNotes typed = presence.Typed;
        Dictionary<int, Login> completed = (known.Logins ?? []).ToDictionary(login => login.Key, login => typed.Complete(login.Value));
        return (await WithAttachmentsAsync(known.Caller ?? caller, sessions, typed), completed);
    }

    /// <summary>Notes who types from now on: a choice may come that depends on it.</summary>
    /// <param name="sessions">The session processes of the logins that have an agent.</param>
    public async ValueTask WatchAsync(IReadOnlySet<int> sessions)
    {
        if (sessions.Count < 2)
        {
            presence.WatchTerminals([]);
        }
        else if (await facts.AskAsync(() => sessions.Select(logins.Read).ToArray(), FactDeadline) is Login[] known)
        {
            presence.WatchTerminals(known);
        }
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity)
    {
        bool isThere = CallerReader.Read(identity.Pid, identity.AcceptedAt).Ancestors.Count > 0;
        return isThere ? await facts.AskAsync(() => WantedKeys.Read(identity.Pid), FactDeadline) ?? [] : [];
    }

    private static Caller ReadFurther(Caller caller, bool needProgram)
    {
        Caller known = CallerReader.WithEnvironments(caller);
        return needProgram ? CallerReader.WithProgram(known) : known;
    }

    /// <summary>Where the caller's multiplexer shows it. A caller that has a login above it is asked no more.</summary>
    private async ValueTask<Caller> WithAttachmentsAsync(Caller caller, IReadOnlySet<int> sessions, TypedNotes typed)
    {
        if (caller.Ancestors.Count == 0 || (caller.Multiplexer is null && caller.Ancestors.Any(sessions.Contains)))
        {
            return caller;
        }

        (Caller? Caller, MultiplexerView? View) known = await facts.AskAsync(() => Attached(caller, sessions, typed), MultiplexerDeadline);
        if (known.View is null)
        {
            return caller;
        }

        presence.NoteShown(known.View.Attachments);
        return attachments.Complete(known.Caller!, known.View.Sessions);
    }

    private (Caller Caller, MultiplexerView? View) Attached(Caller caller, IReadOnlySet<int> sessions, TypedNotes typed)
    {
        if ((caller.Multiplexer ?? MultiplexerVariables.Find(caller.Pid)) is not MultiplexerServer server)
        {
            return (caller, null);
        }

        MultiplexerView view = multiplexers.Read(server, sessions, typed);
        return ((view.Attachments.Count > 0 ? caller.Below(server) : caller) with { Multiplexer = server, Attachments = view.Attachments }, view);
    }
}
