namespace Fairlead.Core.Callers;

/// <summary>
/// Which logins each session of a multiplexer was shown on last: when nobody is attached any more, the latest of them that lives is the best guess at
/// where the person is. Belongs to the loop.
/// </summary>
internal sealed class AttachmentMemory
{
    /// <summary>Servers whose sessions are remembered; the one that was asked about longest ago is forgotten first.</summary>
    public const int MaxServers = 256;

    /// <summary>Logins of one session, and sessions of one server.</summary>
    public const int MaxEach = 16;

    private readonly LinkedList<((int Pid, ulong Started) Server, Dictionary<string, List<int>> Sessions)> servers = new();

    /// <summary>Remembers who is attached, and gives the caller what is remembered when nobody is.</summary>
    public Caller Complete(Caller caller, IReadOnlyList<string> sessions)
    {
        if (caller.Multiplexer is not MultiplexerServer server)
        {
            return caller;
        }

        Dictionary<string, List<int>> known = SessionsOf((server.Pid, server.Started));
        int[] attached = [.. NewestFirst(caller.Attachments)];
        foreach (string session in sessions)
        {
            Note(known, session, attached);
        }

        IEnumerable<int> remembered = sessions.SelectMany(session => known.GetValueOrDefault(session) ?? []);
        return caller.Attachments.Count == 0 ? caller with { LastAttached = [.. remembered.Distinct()] } : caller;
    }

    /// <summary>A pid of 0 is a login that cannot be seen: nothing to come back to.</summary>
    private static IEnumerable<int> NewestFirst(IReadOnlyList<Attachment> attachments) =>
        from attachment in attachments
        where attachment.SessionPid > 0
        orderby attachment.IsReadOnly, attachment.IsTypist descending, attachment.LastTyped descending
        select attachment.SessionPid;

    private static void Note(Dictionary<string, List<int>> sessions, string session, int[] attached)
    {
        if (attached.Length == 0 || (sessions.Count >= MaxEach && !sessions.ContainsKey(session)))
        {
            return;
        }

        sessions[session] = [.. attached.Concat(sessions.GetValueOrDefault(session) ?? []).Distinct().Take(MaxEach)];
    }

    private Dictionary<string, List<int>> SessionsOf((int Pid, ulong Started) server)
    {
        for (var node = servers.First; node is not null; node = node.Next)
        {
            if (node.Value.Server == server)
            {
                servers.Remove(node);
                servers.AddFirst(node);
                return node.Value.Sessions;
            }
        }

        if (servers.Count >= MaxServers)
        {
            servers.RemoveLast();
        }

        return servers.AddFirst((server, [])).Value.Sessions;
    }
}
