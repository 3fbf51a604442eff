using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>MultiplexerReader on real tmux servers.</summary>
public sealed class TmuxAttachmentTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RealTmux laptops;
    private readonly RealTmux server;
    private readonly MultiplexerReader reader = new(TimeProvider.System);

    public TmuxAttachmentTests()
    {
        laptops = new RealTmux(folder["laptops"], "cat");
        server = new RealTmux(folder["server"], "cat");
    }

    [Fact]
    public void A_client_leads_to_its_login()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1); // tmux tells whole seconds
        RealTmux.Window home = laptops.Attach(server);
        Attachment shown = Assert.Single(Read(server.FirstPane, home));
        Assert.Equal((home.Pid, home.Terminal, true, false), (shown.LoginPid, shown.Terminal, shown.ShowsCallersWindow, shown.IsReadOnly));
        Assert.True(shown.IsTypist);
        Assert.InRange(shown.LastTyped!.Value, before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public void Nobody_is_attached() => Assert.Empty(Read(server.FirstPane));

    [Fact]
    public void A_terminal_without_a_login_that_is_known_leads_nowhere()
    {
        RealTmux.Window home = laptops.Attach(server);
        // What is above the terminal here is the server that plays the laptops: nobody is attached to that one.
        Assert.Empty(Read(server.FirstPane));
        Assert.Single(Read(server.FirstPane, home));
    }

    [Fact]
    public void The_typist_is_known_at_once()
    {
        RealTmux.Window home = laptops.Attach(server);
        RealTmux.Window work = laptops.Attach(server);
        for (int i = 0; i < 10; i++)
        {
            RealTmux.Window typist = i % 2 == 0 ? home : work;
            laptops.Type(typist, server);
            IReadOnlyList<Attachment> shown = Read(server.FirstPane, home, work);
            Assert.Equal(2, shown.Count);
            Assert.Equal(typist.Pid, Assert.Single(shown, attachment => attachment.IsTypist).LoginPid);
        }
    }

    [Fact]
    public void Only_those_who_see_the_window_count()
    {
        server.Run("new-session", "-d", "-t", "main", "-s", "group");
        RealTmux.Window second = server.Open("cat", "group");
        RealTmux.Window home = laptops.Attach(server);
        RealTmux.Window work = laptops.Attach(server, "group");
        server.Run("select-window", "-t", "main:0");
        server.Run("select-window", "-t", "group:1");
        Assert.Equal([(home.Pid, true)], Read(server.FirstPane, home, work).Select(Seen));
        Assert.Equal([(work.Pid, true)], Read(second.Pid, home, work).Select(Seen));

        // Nobody sees the first window any more: everybody could.
        server.Run("select-window", "-t", "main:1");
        Assert.Equal(Sorted([(home.Pid, false), (work.Pid, false)]), Sorted(Read(server.FirstPane, home, work).Select(Seen)));
    }

    [Fact]
    public void A_window_that_is_linked_into_another_session_is_seen_there()
    {
        server.Run("new-session", "-d", "-s", "other", "cat");
        server.Run("link-window", "-s", "main:0", "-t", "other:7");
        RealTmux.Window home = laptops.Attach(server, "other");
        server.Run("select-window", "-t", "other:7");
        Assert.Equal([(home.Pid, true)], Read(server.FirstPane, home).Select(Seen));
        server.Run("select-window", "-t", "other:0");
        Assert.Equal([(home.Pid, false)], Read(server.FirstPane, home).Select(Seen));
    }

    [Fact]
    public void A_session_is_called_what_the_person_calls_it()
    {
        MultiplexerServer above = RealTmux.Above(OpenPane());
        server.Run("rename-session", "-t", "main", "wörk|P|%0: 'x'");
        Assert.Equal(["wörk|P|%0_ 'x'"], reader.Read(above, LoginPids.None).Names); // a colon it does not take
    }

    [Fact]
    public void A_linked_window_is_in_the_session_that_shows_it()
    {
        server.Run("new-session", "-d", "-s", "other", "cat");
        MultiplexerServer above = RealTmux.Above(OpenPane());
        server.Run("link-window", "-s", "main:1", "-t", "other:7");
        Assert.Equal(["main", "other"], reader.Read(above, LoginPids.None).Names!.Order());
        laptops.Attach(server, "other");
        Assert.Equal(["other"], reader.Read(above, LoginPids.None).Names);
    }

    [Fact]
    public void Sessions_and_servers_are_kept_apart()
    {
        using var secondServer = new RealTmux(folder["second"], "cat");
        server.Run("new-session", "-d", "-s", "other", "cat");
        int other = int.Parse(server.Run("display-message", "-p", "-t", "other:0", "#{pane_pid}"));
        RealTmux.Window home = laptops.Attach(server);
        RealTmux.Window work = laptops.Attach(server, "other");
        RealTmux.Window phone = laptops.Attach(secondServer);
        RealTmux.Window[] all = [home, work, phone];
        Assert.Equal(
            [home.Pid, work.Pid, phone.Pid],
            new[] { server.FirstPane, other, secondServer.FirstPane }.Select(pane => Assert.Single(Read(pane, all)).LoginPid));
    }

    [Fact]
    public void A_client_that_only_looks_on_is_marked_and_never_the_typist()
    {
        RealTmux.Window home = laptops.Attach(server);
        RealTmux.Window phone = laptops.Attach(server, how: "attach-session -r");
        IReadOnlyList<Attachment> shown = Read(server.FirstPane, home, phone);
        Assert.Equal([(home.Pid, false), (phone.Pid, true)], Sorted(shown.Select(attachment => (attachment.LoginPid, attachment.IsReadOnly))));
        Assert.DoesNotContain(shown, attachment => attachment.IsReadOnly && attachment.IsTypist);
    }

    [Fact]
    public void A_client_in_control_mode_has_the_terminal_that_it_was_started_on()
    {
        RealTmux.Window home = laptops.Attach(server, flags: "-C");
        Attachment shown = Assert.Single(Read(server.FirstPane, home));
        Assert.Equal((home.Pid, home.Terminal), (shown.LoginPid, shown.Terminal));
    }

    /// <summary>It is below the server as a pane is, and no pane.</summary>
    [Fact]
    public void A_job_is_seen_where_its_session_is()
    {
        server.Run("new-session", "-d", "-s", "other", "cat");
        RealTmux.Window home = laptops.Attach(server);
        RealTmux.Window work = laptops.Attach(server, "other");
        foreach ((string session, RealTmux.Window login) in new[] { ("main", home), ("other", work), ("main", home) })
        {
            server.Run("run-shell", "-b", "-t", session, $"echo $$ >{folder["job"]}; tmux wait-for -S up; tmux wait-for end");
            server.Run("wait-for", "up");
            Assert.Equal([(login.Pid, true)], Read(int.Parse(File.ReadAllText(folder["job"])), home, work).Select(Seen));
            server.Run("wait-for", "-S", "end");
        }
    }

    [Fact]
    public void Who_types_beside_a_client_in_control_mode_is_told_by_the_terminals()
    {
        RealTmux.Window home = laptops.Attach(server, flags: "-C");
        RealTmux.Window work = laptops.Attach(server);
        laptops.Type(work, server);
        IReadOnlyList<Attachment> shown = Read(server.FirstPane, home, work);
        Assert.Equal(2, shown.Count);
        Assert.All(shown, attachment => Assert.Equal(Terminal.Read(attachment.Terminal).LastTyped, attachment.LastTyped));
        Assert.DoesNotContain(shown, attachment => attachment.IsTypist);
    }

    [Fact]
    public void The_outermost_terminal_is_the_persons()
    {
        using var outer = new RealTmux(folder["outer"], "cat");
        RealTmux.Window between = outer.Attach(server);
        RealTmux.Window home = laptops.Attach(outer);
        RealTmux.Window work = laptops.Attach(outer);
        outer.Run("select-window", "-t", between.Pane);
        outer.Run("unbind-key", "-n", "x");
        laptops.Type(work, server);
        laptops.Type(home, server);
        IReadOnlyList<Attachment> shown = Read(server.FirstPane, home, work);
        Assert.Equal(Sorted([(home.Pid, true), (work.Pid, true)]), Sorted(shown.Select(Seen)));
        Assert.Equal(home.Pid, Assert.Single(shown, attachment => attachment.IsTypist).LoginPid);
    }

    [Fact]
    public void Servers_that_show_each_other_end_the_way()
    {
        using var other = new RealTmux(folder["other"], "cat");
        other.Attach(server);
        server.Attach(other);
        Assert.Empty(Read(server.FirstPane));
    }

    [Fact]
    public void A_pane_without_environment_is_found_by_its_process()
    {
        RealTmux.Window bare = server.Open("exec env -i cat");
        RealTmux.Window home = laptops.Attach(server);
        Assert.Equal([(home.Pid, true)], Read(bare.Pid, home).Select(Seen));
    }

    public void Dispose()
    {
        server.Dispose();
        laptops.Dispose();
        folder.Dispose();
    }

    /// <summary>Its program runs, and has its environment.</summary>
    private int OpenPane()
    {
        RealTmux.Window pane = server.Open("tmux wait-for -S up; exec cat");
        server.Run("wait-for", "up");
        return pane.Pid;
    }

    private static (int LoginPid, bool ShowsCallersWindow) Seen(Attachment attachment) => (attachment.LoginPid, attachment.ShowsCallersWindow);

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> items) => items.Order();

    private IReadOnlyList<Attachment> Read(int pane, params RealTmux.Window[] logins) =>
        reader.Read(RealTmux.Above(pane), new LoginPids(logins.Select(login => login.Pid))).Attachments;
}
