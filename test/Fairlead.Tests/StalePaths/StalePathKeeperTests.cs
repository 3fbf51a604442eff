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

/// <summary>When the daemon listens at old paths and when it stops.</summary>
public sealed class StalePathKeeperTests : StalePathStage
{
    [Fact]
    public async Task A_path_that_a_process_names_is_listened_at_and_served()
    {
        StalePath path = Scene.Path();
        Name(path);
        await StartAsync();

        Assert.Equal([path.Path], Healed());
        int connected = UnixStream.Connect(path.Path);
        Assert.True(connected >= 0, Errno.Describe(connected));
        await Thread.TurnAsync();
        Assert.Equal(1, Served);
        Descriptor.Close(connected);
        Assert.Equal([path.Path], Record.Read().Select(file => file.Path.Path));
    }

    [Fact]
    public async Task A_path_in_the_home_is_healed_without_a_mark()
    {
        StalePath path = Scene.PathInHome();
        Name(path);
        await StartAsync();
        Assert.Equal([path.Path], Healed());
        Assert.Equal([path.Path], Directory.EnumerateFileSystemEntries(path.Folder));
    }

    [Fact]
    public async Task What_no_process_names_is_not_touched()
    {
        await StartAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scene.Shared));
    }

    [Fact]
    public async Task It_is_no_agent_of_the_directory()
    {
        Name(Scene.Path());
        await StartAsync();
        await Thread.RunAsync(async ValueTask<bool> () =>
        {
            await Registry.RefreshAsync();
            return true;
        });
        Assert.Empty(Registry.Agents);
        Assert.Empty(Registry.Refused);
    }

    [Fact]
    public async Task When_the_last_process_that_names_it_ends_it_goes()
    {
        StalePath path = Scene.Path();
        Puppet first = Name(path);
        Puppet second = Name(path);
        await StartAsync();

        End(first);
        await SettleAsync();
        Assert.Equal([path.Path], Healed());
        Task gone = UntilAsync(() => Sockets.All.Count == 0);
        End(second);
        await gone;
        await SettleAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(Scene.Shared));
        Assert.Empty(Record.Read());
    }

    [Fact]
    public async Task The_folder_of_an_agent_that_nobody_names_goes_at_its_end()
    {
        Scene.MakeLogin(Scene.Path());
        await StartAsync();
        OldPathScene.LogOut(Scene.Path());
        await Thread.RunAsync(Keeper.Look);
        await SettleAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scene.Shared));
    }

    [Fact]
    public async Task What_an_earlier_daemon_left_is_listened_at_again_or_taken_away()
    {
        StalePath named = Scene.Path(number: 1);
        StalePath forgotten = Scene.Path("ssh-BBBBBBBBBB", 2);
        StalePathFile[] left = [.. new[] { named, forgotten }.Select(OldPathScene.Leave)];
        Assert.Equal(0, Record.Write(left));
        Name(named);
        await StartAsync();

        Assert.Equal([named.Path], Healed());
        Assert.Equal(["ssh-AAAAAAAAAA"], Names(Scene.Shared));
        Assert.Equal([named.Path], Record.Read().Select(file => file.Path.Path));
    }

    [Fact]
    public async Task What_was_left_at_a_path_that_cannot_be_listened_at_keeps_the_name_while_it_is_named()
    {
        StalePath named = Scene.Path();
        StalePathFile left = OldPathScene.Leave(named);
        Assert.Equal(0, Record.Write([left]));
        Assert.Equal(0, LibC.chmod(named.Folder, 0x1ed)); // refused while others may look into it
        Name(named);
        await StartAsync();
        Assert.Equal(Refusal.FolderNotPrivate, Assert.Single(Sockets.Refused).Reason);
        Assert.True(left.IsInPlace());

        Assert.Equal(0, LibC.chmod(named.Folder, 0x1c0));
        await Thread.RunAsync(Keeper.Look);
        await SettleAsync();
        Assert.Equal([named.Path], Healed());
    }

    [Theory]
    [InlineData("rubbish\n")]
    [InlineData("1 1 {0}\n")]
    public async Task A_hostile_list_takes_nothing_away_and_stops_nothing(string text)
    {
        StalePath other = Scene.Path("ssh-BBBBBBBBBB");
        Scene.MakeFolder("ssh-BBBBBBBBBB");
        Scene.BindDead("ssh-BBBBBBBBBB/agent.1");
        File.WriteAllText(Scene.Folder["host.healed"], text.Replace("{0}", other.Path, StringComparison.Ordinal));
        Name(Scene.Path());
        await StartAsync();

        Assert.Equal([Scene.Path().Path], Healed());
        Assert.True(Path.Exists(other.Path));
    }

    [Fact]
    public async Task A_list_that_cannot_be_written_stops_nothing()
    {
        Directory.CreateDirectory(Scene.Folder["host.healed"]);
        Name(Scene.Path());
        await StartAsync();
        Assert.Equal([Scene.Path().Path], Healed());
    }

    [Fact]
    public async Task No_more_than_sixty_four_are_listened_at_and_the_rest_are_reported()
    {
        Scene.MakeFolder();
        for (int number = 1; number <= StalePathSockets.Max + 1; number++)
        {
            Name(Scene.Path(number: number));
        }

        await StartAsync();

        Assert.Equal(StalePathSockets.Max, Sockets.All.Count);
        Assert.Equal(Refusal.TooManyStalePaths, Assert.Single(Sockets.Refused).Reason);
    }

    [Fact]
    public async Task A_path_that_another_user_has_taken_is_refused_and_reported_until_it_is_free()
    {
        string folder = Scene.MakeFolder(mode: 0x1ed);
        Ownership.Give(folder, OldPathScene.Stranger);
        Name(Scene.Path());
        await StartAsync();
        Assert.Equal([new RefusedSocket(Scene.Path().Path, Refusal.TakenByAnotherUser)], Sockets.Refused);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

        Directory.Delete(folder);
        await Thread.RunAsync(Keeper.Look);
        await SettleAsync();
        Assert.Empty(Sockets.Refused);
        Assert.Equal([Scene.Path().Path], Healed());
    }

    [Fact]
    public async Task Turned_off_it_lets_go_of_everything_and_turned_on_it_begins_again()
    {
        StalePath alive = Scene.Path("ssh-AAAAAAAAAA");
        Scene.MakeLogin(alive);
        Name(Scene.Path("ssh-BBBBBBBBBB"));
        await StartAsync();
        Assert.Equal(["ssh-AAAAAAAAAA", "ssh-BBBBBBBBBB"], Names(Scene.Shared));

        await Thread.RunAsync(() => Keeper.Enable(false));
        Assert.Equal(["ssh-AAAAAAAAAA"], Names(Scene.Shared));
        Assert.Equal(["agent.1"], Names(alive.Folder));
        await Thread.RunAsync(Keeper.Look);
        await SettleAsync();
        Assert.Empty(Healed());

        await Thread.RunAsync(() => Keeper.Enable(true));
        await SettleAsync();
        Assert.Single(Healed());
        Assert.Equal([".fairlead", "agent.1"], Names(alive.Folder));
    }

    [Fact]
    public async Task Its_end_leaves_nothing_that_it_made_and_all_that_it_did_not()
    {
        StalePath alive = Scene.Path("ssh-AAAAAAAAAA");
        Scene.MakeLogin(alive);
        Name(Scene.Path("ssh-BBBBBBBBBB"));
        StalePath kept = Scene.Path("ssh-CCCCCCCCCC");
        File.WriteAllText($"{Scene.MakeFolder("ssh-CCCCCCCCCC")}/mine", "");
        Name(kept);
        await StartAsync();
        Assert.Equal(2, Sockets.All.Count);

        await Thread.RunAsync(Keeper.Dispose);

        Assert.Equal(["ssh-AAAAAAAAAA", "ssh-CCCCCCCCCC"], Names(Scene.Shared));
        Assert.Equal(["agent.1"], Names(alive.Folder));
        Assert.Equal(["mine"], Names(kept.Folder));
        Assert.False(Path.Exists(Scene.Folder["host.healed"]));
    }

    [Fact]
    public async Task A_socket_that_somebody_removes_is_made_again_while_it_is_named()
    {
        StalePath path = Scene.Path();
        Name(path);
        await StartAsync();
        FileIdentity before = Sockets.All.Single().File.Identity;
        Task again = UntilAsync(() => Sockets.All.Any(socket => socket.File.Identity != before));
        File.Move(path.Path, Scene.Folder["aside"]); // keeps the inode, which would be used again
        await again;
        Assert.True(Sockets.All.Single().File.IsInPlace());
    }
}
