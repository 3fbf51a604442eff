using Fairlead.Core.Activity;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Activity;

public sealed class AttachmentMemoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<int, ulong> started = [];
    private readonly AttachmentMemory memory;

    public AttachmentMemoryTests() => memory = new AttachmentMemory(pid => new ProcessIdentity(pid, started.GetValueOrDefault(pid)));

    [Fact]
    public void Who_was_attached_last_comes_first()
    {
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Tell(7, "$0", new Attachment(2, "pts/2"), new Attachment(1, "pts/1") { IsReadOnly = true, IsTypist = true });
        Assert.Equal([2, 1], Tell(7, "$0"));
    }

    [Fact]
    public void Who_typed_last_comes_before_who_typed_before()
    {
        Tell(7, "$0", new Attachment(1, "pts/1") { LastTyped = Noon }, new Attachment(2, "pts/2") { LastTyped = Noon.AddSeconds(1) });
        Assert.Equal([2, 1], Tell(7, "$0"));
        Tell(7, "$0", new Attachment(1, "pts/1") { LastTyped = Noon, IsTypist = true }, new Attachment(2, "pts/2") { LastTyped = Noon.AddSeconds(1) });
        Assert.Equal([1, 2], Tell(7, "$0"));
    }

    [Fact]
    public void Nothing_is_remembered_of_those_who_are_attached_now()
    {
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Assert.Empty(Tell(7, "$0", new Attachment(2, "pts/2")));
    }

    [Fact]
    public void Sessions_servers_and_processes_of_the_same_number_are_kept_apart()
    {
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Assert.Empty(Tell(7, "$1"));
        Assert.Empty(Tell(8, "$0"));
        Assert.Empty(Tell(7, "$0", serverStarted: 2));
    }

    [Fact]
    public void A_pid_that_is_used_again_is_another_login()
    {
        Tell(7, "$0", new Attachment(1, "pts/1"));
        started[1] = 99;
        Assert.Empty(Tell(7, "$0"));
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Assert.Equal([1], Tell(7, "$0"));
    }

    [Fact]
    public void Across_the_sessions_that_hold_a_window_the_latest_comes_first()
    {
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Tell(7, "$1", new Attachment(2, "pts/2"));
        Assert.Equal([2, 1], Recall(7, "$0", "$1"));
        Tell(7, "$0", new Attachment(1, "pts/1"));
        Assert.Equal([1, 2], Recall(7, "$0", "$1"));
    }

    [Fact]
    public void What_was_noted_while_nobody_asked_counts_as_well()
    {
        var server = new MultiplexerServer(new ProcessIdentity(7, 1), Tmux.Instance, 7);
        memory.Note(server, "$0", [new Attachment(1, "pts/1")]);
        memory.Note(server, "$0", []);
        Assert.Equal([1], Recall(7, "$0"));
    }

    [Fact]
    public void A_login_that_cannot_be_seen_is_nothing_to_come_back_to()
    {
        Tell(7, "$0", new Attachment(0, "pts/1"));
        Assert.Empty(Tell(7, "$0"));
    }

    /// <summary>tmux uses no name of a session twice, so those that have ended would take all the room.</summary>
    [Fact]
    public void A_new_session_takes_the_place_of_the_one_noted_longest_ago()
    {
        for (int session = 0; session < AttachmentMemory.MaxEach; session++)
        {
            Tell(7, $"${session}", new Attachment(session + 1, "pts/1"));
        }

        Tell(7, "$0", new Attachment(1, "pts/1"));
        Tell(7, "$16", new Attachment(17, "pts/1"));

        Assert.Equal([17], Recall(7, "$16"));
        Assert.Equal([1], Recall(7, "$0"));
        Assert.Empty(Recall(7, "$1"));
        Assert.Equal([3], Recall(7, "$2"));
    }

    [Fact]
    public void It_does_not_grow_without_end()
    {
        for (int server = 1; server <= AttachmentMemory.MaxServers; server++)
        {
            Tell(server, "$0", [.. Enumerable.Range(1, AttachmentMemory.MaxEach * 2).Select(pid => new Attachment(pid, "pts/1"))]);
        }

        Assert.Equal(AttachmentMemory.MaxEach, Tell(1, "$0").Length);
        Tell(AttachmentMemory.MaxServers + 1, "$0", new Attachment(1, "pts/1"));
        Assert.NotEmpty(Tell(1, "$0")); // was asked about a moment ago
        Assert.Empty(Tell(2, "$0"));
    }

    private int[] Recall(int server, params string[] sessions) => memory.NoteAndRecall(Server(server, 1), sessions, []);

    private int[] Tell(int server, string session, params Attachment[] attachments) => Tell(server, session, 1, attachments);

    private int[] Tell(int server, string session, ulong serverStarted, params Attachment[] attachments) =>
        memory.NoteAndRecall(Server(server, serverStarted), [session], attachments);

    private static MultiplexerServer Server(int pid, ulong started) => new(new ProcessIdentity(pid, started), Tmux.Instance, 100);
}
