using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>
/// The logins that showed each session of a multiplexer most recently: once nobody is attached any more, the latest live one is the best
/// guess at where the person is. Belongs to the loop.
/// </summary>
/// <param name="identify">Returns the process that has a pid now; null to ask the system.</param>
internal sealed class AttachmentMemory(Func<int, ProcessIdentity>? identify = null)
{
    /// <summary>How many servers are remembered; the one that nothing has asked about for longest is forgotten first.</summary>
    public const int MaxServers = 256;

    /// <summary>Logins of one session, and sessions of one server; the session that was noted longest ago is forgotten first.</summary>
    public const int MaxEach = 16;

    private readonly Func<int, ProcessIdentity> identify = identify ?? ProcessIdentity.Of;
    private readonly LinkedList<(ProcessIdentity Server, Dictionary<string, List<Seen>> Sessions)> servers = new();
    private long turn;

    /// <summary>Remembers who is attached to these sessions of a server.</summary>
    /// <returns>The logins that were attached most recently, the latest first; none while anybody is attached.</returns>
    public int[] NoteAndRecall(MultiplexerServer server, IReadOnlyList<string> sessions, IReadOnlyList<Attachment> attachments)
    {
        foreach (string session in sessions)
        {
            Note(server, session, attachments);
        }

        return attachments.Count == 0 ? Recall(server, sessions) : [];
    }

    /// <summary>Remembers who is attached to a session now; if nobody is, nothing changes.</summary>
    public void Note(MultiplexerServer server, string session, IReadOnlyList<Attachment> attachments)
    {
        Dictionary<string, List<Seen>> sessions = SessionsOf(server.Process);
        int[] attached = [.. NewestFirst(attachments)];
        if (attached.Length == 0)
        {
            return;
        }

        if (sessions.Count >= MaxEach && !sessions.ContainsKey(session))
        {
            // Nothing says that a session has ended, and tmux gives each new one a new name.
            sessions.Remove(sessions.MinBy(noted => noted.Value[0].Turn).Key);
        }

        turn += attached.Length;
        IEnumerable<Seen> seen = attached.Select((pid, place) => new Seen(identify(pid), turn - place));
        sessions[session] = [.. seen.Concat(sessions.GetValueOrDefault(session) ?? []).DistinctBy(one => one.Login).Take(MaxEach)];
    }

    /// <summary>A pid that belongs to another process now says nothing any more.</summary>
    private int[] Recall(MultiplexerServer server, IReadOnlyList<string> sessions)
    {
        Dictionary<string, List<Seen>> known = SessionsOf(server.Process);
        IEnumerable<Seen> remembered = sessions.SelectMany(session => known.GetValueOrDefault(session) ?? []);
        return
        [
            .. remembered
                .OrderByDescending(seen => seen.Turn)
                .Where(seen => identify(seen.Login.Pid) == seen.Login)
                .Select(seen => seen.Login.Pid)
                .Distinct(),
        ];
    }

    /// <summary>A pid of 0 is a login that cannot be seen: there is nothing to remember.</summary>
    private static IEnumerable<int> NewestFirst(IReadOnlyList<Attachment> attachments) =>
        from attachment in attachments
        where attachment.LoginPid > 0
        orderby attachment.IsReadOnly, attachment.IsTypist descending, attachment.LastTyped descending
        select attachment.LoginPid;

    private Dictionary<string, List<Seen>> SessionsOf(ProcessIdentity server)
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

    /// <param name="Turn">Grows with each note: it orders the logins across the sessions of a server.</param>
    private readonly record struct Seen(ProcessIdentity Login, long Turn);
}
