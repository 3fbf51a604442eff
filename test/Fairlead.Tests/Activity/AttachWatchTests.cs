using System.Threading.Channels;
using Fairlead.Core.Activity;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Multiplexers;
using Fairlead.Tests.Multiplexers;

namespace Fairlead.Tests.Activity;

/// <summary>AttachWatch on the sockets of a real tmux and a real screen, on terminals that another tmux plays.</summary>
public sealed class AttachWatchTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly LoopThread thread = new();
    private readonly Channel<string> attached = Channel.CreateUnbounded<string>();
    private readonly Channel<bool> appeared = Channel.CreateUnbounded<bool>();
    private readonly List<string> ended = [];
    private readonly RealTmux laptops;
    private readonly Inotify inotify;
    private readonly AttachWatch watch;

    public AttachWatchTests()
    {
        laptops = new RealTmux(folder["laptops"], "cat");
        inotify = thread.RunAsync(() => new Inotify(thread.Loop)).GetAwaiter().GetResult();
        watch = new AttachWatch(inotify)
        {
            Attached = path => attached.Writer.TryWrite(path),
            Appeared = () => appeared.Writer.TryWrite(true),
            Ended = ended.Add,
        };
    }

    public void Dispose()
    {
        thread.RunAsync(inotify.Dispose).GetAwaiter().GetResult();
        thread.Dispose();
        laptops.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Attaching_to_tmux_is_told_and_its_server_is_found()
    {
        using var server = new RealTmux(folder["server"], "cat");
        await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        Assert.False(attached.Reader.TryRead(out _));
        Assert.Empty(await thread.RunAsync(() => watch.AttachedSockets.ToArray()));

        laptops.Attach(server);
        Assert.Equal(folder["server"], await NextAsync());
        Assert.Equal([folder["server"]], await thread.RunAsync(() => watch.AttachedSockets.ToArray()));
        int pid = RealTmux.Above(server.FirstPane).Pid;
        Assert.Equal((pid, Tmux.Instance), ServerOf(folder["server"]));
        Assert.Equal(folder["server"], MultiplexerSocket.PathOf(pid));
    }

    [Fact]
    public async Task Attaching_to_screen_is_told_and_its_server_is_found()
    {
        folder.Make("screens");
        string screen = $"env -u TMUX SCREENDIR={folder["screens"]} screen -c /dev/null";
        laptops.Run("set-hook", "-g", "window-unlinked", "wait-for -S unlinked");
        string program = $"sh -c 'echo $$ >{folder["pane"]}; /usr/bin/tmux -S {folder["laptops"]} wait-for -S up; exec cat'";
        RealTmux.Window first = laptops.Open($"exec {screen} -S main {program}");
        laptops.Run("wait-for", "up");
        int pane = int.Parse(File.ReadAllText(folder["pane"]));
        laptops.Run("send-keys", "-t", first.Pane, "C-a", "d");
        laptops.Run("wait-for", "unlinked");
        MultiplexerFolders found = MultiplexerFolders.Read([folder["screens"], folder["none"]]);
        Assert.Equal([folder["screens"]], found.Folders);
        string socket = Assert.Single(found.Sockets);
        await thread.RunAsync(() => watch.WatchSocket(socket));
        Assert.False(attached.Reader.TryRead(out _));

        laptops.Open($"exec {screen} -r main");
        Assert.Equal(socket, await NextAsync());
        Assert.Equal((RealTmux.Above(pane).Pid, Screen.Instance), ServerOf(socket));
        _ = LibC.kill(pane, LibC.SIGKILL);
    }

    [Fact]
    public async Task Who_is_attached_before_it_is_watched_is_told_at_once()
    {
        using var server = new RealTmux(folder["server"], "cat");
        laptops.Attach(server);
        await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        Assert.True(attached.Reader.TryRead(out _));
        await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        Assert.False(attached.Reader.TryRead(out _)); // it was watched already
    }

    [Fact]
    public async Task A_new_server_in_a_folder_is_told_and_so_is_one_at_the_path_of_another()
    {
        await thread.RunAsync(() => watch.WatchFolder(folder.Path));
        using (new RealTmux(folder["server"], "cat"))
        {
            await appeared.Reader.ReadAsync().AsTask().InTime();
            await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        }

        File.Delete(folder["server"]); // the first one may still be at its end
        using var again = new RealTmux(folder["server"], "cat");
        laptops.Attach(again);
        await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        Assert.Equal(folder["server"], await NextAsync());
    }

    [Fact]
    public async Task After_lost_events_who_is_attached_is_told_again()
    {
        using var server = new RealTmux(folder["server"], "cat");
        await thread.RunAsync(() => watch.WatchSocket(folder["server"]));
        laptops.Attach(server);
        Assert.Equal(folder["server"], await NextAsync());
        await thread.RunAsync(watch.LookAgain);
        Assert.Equal(folder["server"], await NextAsync());
    }

    [Fact]
    public async Task A_socket_that_is_removed_is_told_as_ended()
    {
        folder.Make("gone");
        await thread.RunAsync(() => watch.WatchFolder(folder["gone"]));
        Directory.Delete(folder["gone"]);
        await thread.RunAsync(inotify.TellPending);
        Assert.Equal([folder["gone"]], ended);
    }

    [Fact]
    public void What_is_no_server_is_none()
    {
        File.WriteAllText(folder["1.init"], "");
        Assert.Null(MultiplexerSearch.ServerOf(folder["1.init"]));
        Assert.Null(MultiplexerSearch.ServerOf(folder["nothing"]));
        Assert.False(MultiplexerSocket.IsAttached(folder["nothing"]));
        Assert.Equal([folder["laptops"]], MultiplexerFolders.Read([folder.Path]).Sockets);
    }

    private static (int Pid, Multiplexer Kind)? ServerOf(string path) =>
        MultiplexerSearch.ServerOf(path) is MultiplexerServer server ? (server.Pid, server.Kind) : null;

    private Task<string> NextAsync() => attached.Reader.ReadAsync().AsTask().InTime();
}
