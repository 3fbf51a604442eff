using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>When the daemon listens at old paths and when it stops, with real processes that name them.</summary>
public sealed class StalePathKeeperTests : IDisposable
{
    private readonly OldPathScene scene = new();
    private readonly LoopThread thread = new();
    private readonly BlockingWorker worker;
    private readonly AgentRegistry registry;
    private readonly StalePathSockets sockets;
    private readonly StalePathRecord record;
    private readonly StalePathKeeper keeper;
    private readonly List<Puppet> puppets = [];
    private readonly Queue<(Func<bool> Holds, TaskCompletionSource Done)> awaited = new();
    private int served;

    public StalePathKeeperTests()
    {
        uint uid = CurrentProcess.Uid;
        worker = new BlockingWorker(thread.Loop);
        registry = new AgentRegistry(worker, uid, TimeProvider.System);
        registry.Configure([scene.Shared, $"{scene.Home}/.ssh/agent"], []);
        record = new StalePathRecord(scene.Folder["host.healed"], scene.Places, uid);
        var files = new FileWork(worker, mayBlock: false);
        var acceptor = new Acceptor(thread.Loop, uid, stream =>
        {
            served++;
            stream.Dispose();
        });
        sockets = new StalePathSockets(
            thread.Loop, files, scene.Places, record, acceptor, new Log(worker, TimeProvider.System, scene.Folder["host.log"]).Write, uid)
        {
            Changed = NoteChange,
        };
        keeper = new StalePathKeeper(
            thread.Loop, worker, registry, scene.Places, sockets, new StalePathMarks(worker, files, scene.Shared, uid), uid);
    }

    public void Dispose()
    {
        puppets.ForEach(puppet => puppet.Dispose());
        thread.RunAsync(keeper.Dispose).GetAwaiter().GetResult();
        thread.Dispose();
        worker.Dispose();
        scene.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task A_path_that_a_process_names_is_listened_at_and_served()
    {
        StalePath path = scene.Path();
        Name(path);
        await StartAsync();

        Assert.Equal([path.Path], Healed());
        int connected = UnixStream.Connect(path.Path);
        Assert.True(connected >= 0, Errno.Describe(connected));
        await thread.TurnAsync();
        Assert.Equal(1, served);
        Descriptor.Close(connected);
        Assert.Equal([path.Path], record.Read().Select(file => file.Path.Path));
    }

    [Fact]
    public async Task A_path_in_the_home_is_healed_without_a_mark()
    {
        StalePath path = scene.PathInHome();
        Name(path);
        await StartAsync();
        Assert.Equal([path.Path], Healed());
        Assert.Equal([path.Path], Directory.EnumerateFileSystemEntries(path.Folder));
    }

    [Fact]
    public async Task What_no_process_names_is_not_touched()
    {
        await StartAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }

    [Fact]
    public async Task It_is_no_agent_of_the_directory()
    {
        Name(scene.Path());
        await StartAsync();
        await thread.RunAsync(async ValueTask<bool> () =>
        {
            await registry.RefreshAsync();
            return true;
        });
        Assert.Empty(registry.Agents);
        Assert.Empty(registry.Refused);
    }

    [Fact]
    public async Task When_the_last_process_that_names_it_ends_it_goes()
    {
        StalePath path = scene.Path();
        Puppet first = Name(path);
        Puppet second = Name(path);
        await StartAsync();

        End(first);
        await SettleAsync();
        Assert.Equal([path.Path], Healed());
        Task gone = UntilAsync(() => sockets.All.Count == 0);
        End(second);
        await gone;
        await SettleAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
        Assert.Empty(record.Read());
    }

    [Fact]
    public async Task The_folder_of_a_living_agent_is_marked_and_healed_at_its_end()
    {
        StalePath path = scene.Path();
        scene.MakeLogin(path);
        Name(path);
        await StartAsync();
        Assert.Empty(Healed());
        Assert.True(File.Exists($"{path.Folder}/.fairlead"));

        Task healed = UntilAsync(() => sockets.Contains(path.Path));
        OldPathScene.LogOut(path);
        await healed;

        Assert.Equal([path.Path], Healed());
    }

    [Fact]
    public async Task The_folder_of_an_agent_that_nobody_names_goes_at_its_end()
    {
        scene.MakeLogin(scene.Path());
        await StartAsync();
        OldPathScene.LogOut(scene.Path());
        await thread.RunAsync(keeper.Look);
        await SettleAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }

    [Fact]
    public async Task Marks_of_an_earlier_daemon_are_swept_at_the_start_unless_their_agent_lives()
    {
        StalePath alive = scene.Path("ssh-AAAAAAAAAA");
        scene.MakeLogin(alive);
        File.WriteAllText($"{alive.Folder}/.fairlead", "");
        foreach (string name in new[] { "ssh-BBBBBBBBBB", "ssh-CCCCCCCCCC", "ssh-short", "other" })
        {
            File.WriteAllText($"{scene.MakeFolder(name)}/.fairlead", "");
        }

        File.WriteAllText($"{scene.Shared}/ssh-CCCCCCCCCC/mine", "");
        Ownership.Give($"{scene.Shared}/ssh-CCCCCCCCCC", OldPathScene.Stranger);
        await StartAsync();

        Assert.Equal(["other", "ssh-AAAAAAAAAA", "ssh-CCCCCCCCCC", "ssh-short"], Names(scene.Shared));
        Assert.Equal([".fairlead", "agent.1"], Names(alive.Folder));
        Assert.Equal([".fairlead", "mine"], Names($"{scene.Shared}/ssh-CCCCCCCCCC"));
    }

    [Fact]
    public async Task What_an_earlier_daemon_left_is_listened_at_again_or_taken_away()
    {
        StalePath named = scene.Path(number: 1);
        StalePath forgotten = scene.Path("ssh-BBBBBBBBBB", 2);
        StalePathFile[] left = [.. new[] { named, forgotten }.Select(OldPathScene.Leave)];
        Assert.Equal(0, record.Write(left));
        Name(named);
        await StartAsync();

        Assert.Equal([named.Path], Healed());
        Assert.Equal(["ssh-AAAAAAAAAA"], Names(scene.Shared));
        Assert.Equal([named.Path], record.Read().Select(file => file.Path.Path));
    }

    [Fact]
    public async Task What_was_left_at_a_path_that_cannot_be_listened_at_keeps_the_name_while_it_is_named()
    {
        StalePath named = scene.Path();
        StalePathFile left = OldPathScene.Leave(named);
        Assert.Equal(0, record.Write([left]));
        Assert.Equal(0, LibC.chmod(named.Folder, 0x1ed)); // refused while others may look into it
        Name(named);
        await StartAsync();
        Assert.Equal(Refusal.FolderNotPrivate, Assert.Single(sockets.Refused).Reason);
        Assert.True(left.IsInPlace());

        Assert.Equal(0, LibC.chmod(named.Folder, 0x1c0));
        await thread.RunAsync(keeper.Look);
        await SettleAsync();
        Assert.Equal([named.Path], Healed());
    }

    [Theory]
    [InlineData("rubbish\n")]
    [InlineData("1 1 {0}\n")]
    public async Task A_hostile_list_takes_nothing_away_and_stops_nothing(string text)
    {
        StalePath other = scene.Path("ssh-BBBBBBBBBB");
        scene.MakeFolder("ssh-BBBBBBBBBB");
        scene.BindDead("ssh-BBBBBBBBBB/agent.1");
        File.WriteAllText(scene.Folder["host.healed"], text.Replace("{0}", other.Path, StringComparison.Ordinal));
        Name(scene.Path());
        await StartAsync();

        Assert.Equal([scene.Path().Path], Healed());
        Assert.True(Path.Exists(other.Path));
    }

    [Fact]
    public async Task A_list_that_cannot_be_written_stops_nothing()
    {
        Directory.CreateDirectory(scene.Folder["host.healed"]);
        Name(scene.Path());
        await StartAsync();
        Assert.Equal([scene.Path().Path], Healed());
    }

    [Fact]
    public async Task No_more_than_sixty_four_are_listened_at_and_the_rest_are_reported()
    {
        scene.MakeFolder();
        for (int number = 1; number <= StalePathSockets.Max + 1; number++)
        {
            Name(scene.Path(number: number));
        }

        await StartAsync();

        Assert.Equal(StalePathSockets.Max, sockets.All.Count);
        Assert.Equal(Refusal.TooManyStalePaths, Assert.Single(sockets.Refused).Reason);
    }

    [Fact]
    public async Task A_path_that_another_user_has_taken_is_refused_and_reported_until_it_is_free()
    {
        string folder = scene.MakeFolder(mode: 0x1ed);
        Ownership.Give(folder, OldPathScene.Stranger);
        Name(scene.Path());
        await StartAsync();
        Assert.Equal([new RefusedSocket(scene.Path().Path, Refusal.TakenByAnotherUser)], sockets.Refused);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

        Directory.Delete(folder);
        await thread.RunAsync(keeper.Look);
        await SettleAsync();
        Assert.Empty(sockets.Refused);
        Assert.Equal([scene.Path().Path], Healed());
    }

    [Fact]
    public async Task Turned_off_it_lets_go_of_everything_and_turned_on_it_begins_again()
    {
        StalePath alive = scene.Path("ssh-AAAAAAAAAA");
        scene.MakeLogin(alive);
        Name(scene.Path("ssh-BBBBBBBBBB"));
        await StartAsync();
        Assert.Equal(["ssh-AAAAAAAAAA", "ssh-BBBBBBBBBB"], Names(scene.Shared));

        await thread.RunAsync(() => keeper.Enable(false));
        Assert.Equal(["ssh-AAAAAAAAAA"], Names(scene.Shared));
        Assert.Equal(["agent.1"], Names(alive.Folder));
        await thread.RunAsync(keeper.Look);
        await SettleAsync();
        Assert.Empty(Healed());

        await thread.RunAsync(() => keeper.Enable(true));
        await SettleAsync();
        Assert.Single(Healed());
        Assert.Equal([".fairlead", "agent.1"], Names(alive.Folder));
    }

    [Fact]
    public async Task Its_end_leaves_nothing_that_it_made_and_all_that_it_did_not()
    {
        StalePath alive = scene.Path("ssh-AAAAAAAAAA");
        scene.MakeLogin(alive);
        Name(scene.Path("ssh-BBBBBBBBBB"));
        StalePath kept = scene.Path("ssh-CCCCCCCCCC");
        File.WriteAllText($"{scene.MakeFolder("ssh-CCCCCCCCCC")}/mine", "");
        Name(kept);
        await StartAsync();
        Assert.Equal(2, sockets.All.Count);

        await thread.RunAsync(keeper.Dispose);

        Assert.Equal(["ssh-AAAAAAAAAA", "ssh-CCCCCCCCCC"], Names(scene.Shared));
        Assert.Equal(["agent.1"], Names(alive.Folder));
        Assert.Equal(["mine"], Names(kept.Folder));
        Assert.False(Path.Exists(scene.Folder["host.healed"]));
    }

    [Fact]
    public async Task A_socket_that_somebody_removes_is_made_again_while_it_is_named()
    {
        StalePath path = scene.Path();
        Name(path);
        await StartAsync();
        FileIdentity before = sockets.All.Single().File.Identity;
        Task again = UntilAsync(() => sockets.All.Any(socket => socket.File.Identity != before));
        File.Move(path.Path, scene.Folder["aside"]); // keeps the inode, which would be used again
        await again;
        Assert.True(sockets.All.Single().File.IsInPlace());
    }

    private Puppet Name(StalePath path)
    {
        var puppet = Puppet.Start("print \"here\\n\"; <STDIN>;", [], [], environment: [$"SSH_AUTH_SOCK={path.Path}"]);
        Assert.Equal("here", puppet.Hear());
        puppets.Add(puppet);
        return puppet;
    }

    private void End(Puppet puppet)
    {
        puppets.Remove(puppet);
        puppet.Dispose();
    }

    private async Task StartAsync()
    {
        await thread.RunAsync(() =>
        {
            keeper.Enable(true);
            keeper.Start();
        });
        await SettleAsync();
    }

    private Task<bool> SettleAsync() => thread.RunAsync(async ValueTask<bool> () =>
    {
        await keeper.SettleAsync(Deadline.Length);
        return true;
    });

    /// <summary>Waits for a change after which it holds.</summary>
    private Task UntilAsync(Func<bool> holds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread.Loop.Post(() =>
        {
            awaited.Enqueue((holds, done));
            Ask();
        });
        return done.Task.InTime();
    }

    private void NoteChange()
    {
        registry.OwnSockets.Clear();
        registry.OwnSockets.UnionWith(sockets.All.Select(socket => socket.File.Identity));
        registry.Reconsider();
        Ask();
    }

    private void Ask()
    {
        while (awaited.TryPeek(out var next) && next.Holds())
        {
            awaited.Dequeue().Done.SetResult();
        }
    }

    private string[] Healed() => [.. sockets.All.Select(socket => socket.File.Path.Path).Where(Path.Exists).Order()];

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
