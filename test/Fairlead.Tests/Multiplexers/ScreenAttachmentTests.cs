using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>MultiplexerReader on real screen servers, on terminals that a tmux plays.</summary>
public sealed class ScreenAttachmentTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RealTmux laptops;
    private readonly MultiplexerReader reader = new(TimeProvider.System);

    public ScreenAttachmentTests()
    {
        folder.Make("screens");
        laptops = new RealTmux(folder["laptops"], "cat");
    }

    private string Tell => $"/usr/bin/tmux -S {folder["laptops"]} wait-for -S";

    private string Screen => $"env -u TMUX SCREENDIR={folder["screens"]} screen -c /dev/null";

    [Fact]
    public void Each_terminal_that_shows_it_leads_to_a_login()
    {
        (RealTmux.Window home, int pane) = Start();
        Assert.Equal([(home.Pid, home.Terminal)], Read(pane, home).Select(Place));

        RealTmux.Window work = laptops.Open($"exec {Screen} -x main");
        Type(work);
        Assert.Equal(new[] { home, work }.Select(window => (window.Pid, window.Terminal)).Order(), Read(pane, home, work).Select(Place).Order());
        Assert.All(Read(pane, home, work), attachment => Assert.NotNull(attachment.LastTyped));

        Detach(home);
        Assert.Equal([(work.Pid, work.Terminal)], Read(pane, home, work).Select(Place));
        Detach(work);
        Assert.Empty(Read(pane, home, work));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("a.b: c|d")]
    public void A_session_is_called_what_it_was_started_as(string name)
    {
        laptops.Open($"exec {Screen} -S '{name}' {Reader}");
        laptops.Run("wait-for", "up");
        Assert.Equal([name], reader.Read(RealTmux.Above(Pane()), LoginPids.None).Names);
    }

    [Fact]
    public void Inside_tmux_the_terminal_of_tmux_is_the_persons()
    {
        using var server = new RealTmux(folder["server"], "cat");
        RealTmux.Window between = server.Open($"exec {Screen} -S main {Reader}");
        laptops.Run("wait-for", "up");
        int pane = Pane();
        Assert.Empty(Read(pane));

        RealTmux.Window home = laptops.Attach(server);
        server.Run("select-window", "-t", between.Pane);
        Assert.Equal([(home.Pid, home.Terminal)], Read(pane, home).Select(Place));
    }

    [Fact]
    public void Tmux_inside_screen_is_seen_where_screen_is()
    {
        using var server = new RealTmux(folder["server"], "cat");
        RealTmux.Window home = laptops.Open(
            $"exec {Screen} -S main sh -c 'echo $$ >{folder["pane"]}; exec env -u TMUX /usr/bin/tmux -S {folder["server"]} attach-session'");
        server.Run("wait-for", "attached");
        Assert.Equal([(home.Pid, home.Terminal)], Read(server.FirstPane, home).Select(Place));
    }

    /// <summary>The orphan stops instead of starting another program: in the midst of an exec a process has no environment to be read.</summary>
    [Fact]
    public void A_caller_that_was_reparented_still_belongs_to_its_session()
    {
        RealTmux.Window home = laptops.Open(
            $"exec {Screen} -S main sh -c '(setsid sh -c \"echo \\$\\$ >{folder["orphan"]}; {Tell} up; kill -STOP \\$\\$\" &); echo $$ >{folder["pane"]}; exec cat'");
        laptops.Run("wait-for", "up");
        int orphan = int.Parse(File.ReadAllText(folder["orphan"]));
        MultiplexerServer? server = MultiplexerSearch.NamedBy(orphan);
        Assert.Equal(("screen", orphan), (server?.Kind.Name, server?.PanePid));
        Assert.Equal([(home.Pid, home.Terminal)], reader.Read(server!, new LoginPids([home.Pid])).Attachments.Select(Place));
        _ = LibC.kill(orphan, LibC.SIGKILL);
    }

    /// <summary>The server ends with the program in its only window.</summary>
    public void Dispose()
    {
        _ = LibC.kill(Pane(), LibC.SIGKILL);
        laptops.Dispose();
        folder.Dispose();
    }

    /// <summary>The window's program: says its pid, and each line that reaches it.</summary>
    private string Reader => $"sh -c 'echo $$ >{folder["pane"]}; {Tell} up; while read -r line; do {Tell} $line; done'";

    private (RealTmux.Window Home, int Pane) Start()
    {
        RealTmux.Window home = laptops.Open($"exec {Screen} -S main {Reader}");
        laptops.Run("wait-for", "up");
        return (home, Pane());
    }

    private int Pane() => int.Parse(File.ReadAllText(folder["pane"]));

    /// <summary>Types a line and waits until the program in the session has it.</summary>
    private void Type(RealTmux.Window window)
    {
        laptops.Run("send-keys", "-t", window.Pane, "typed", "Enter");
        laptops.Run("wait-for", "typed");
    }

    /// <summary>Detaches a terminal; its window ends, and with it the server's hold on it.</summary>
    private void Detach(RealTmux.Window window)
    {
        laptops.Run("set-hook", "-g", "window-unlinked", "wait-for -S unlinked");
        laptops.Run("send-keys", "-t", window.Pane, "C-a", "d");
        laptops.Run("wait-for", "unlinked");
    }

    private static (int LoginPid, string Terminal) Place(Attachment attachment) => (attachment.LoginPid, attachment.Terminal);

    private IReadOnlyList<Attachment> Read(int pane, params RealTmux.Window[] logins) =>
        reader.Read(RealTmux.Above(pane), new LoginPids(logins.Select(login => login.Pid))).Attachments;
}
