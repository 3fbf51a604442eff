using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.Tests.Agents;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Daemon;

/// <summary>What the daemon does when its socket is gone and something stands in the way of making it again.</summary>
public sealed class SocketKeeperTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly StateLocation location;
    private readonly ServedSocket socket;
    private readonly SocketKeeper keeper;
    private bool isSuperseded;
    private int unreachable;

    public SocketKeeperTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
        var around = new Surroundings { Uid = CurrentProcess.Uid, HostName = "host" };
        location = Assert.Single(DaemonLocations.Find(around, folder["fairlead.sock"], LocationSource.CommandLine).States);
        Assert.Equal(0, FileLock.TryTake(location.Lock, out FileLock? held));
        socket = new ServedSocket(thread.Loop, Path, new Acceptor(thread.Loop, CurrentProcess.Uid, stream => stream.Dispose()));
        keeper = new SocketKeeper(thread.Loop, location, Path, held!, new Log(worker, time, location.Log))
        {
            Superseded = () => isSuperseded = true,
            Unreachable = () => unreachable++,
        };
        keeper.Keep(socket, location.Folders);
    }

    private string Path => folder["fairlead.sock"];

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
        keeper.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_is_no_other_instance()
    {
        await ListenAsync();
        File.Delete(location.Lock);
        Directory.CreateDirectory(location.Lock);
        File.Delete(Path);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.False(isSuperseded);
        Assert.False(File.Exists(Path));

        Directory.Delete(location.Lock);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(File.Exists(Path));
    }

    /// <summary>The next daemon finds its place by it.</summary>
    [Fact]
    public async Task A_lock_that_was_removed_is_taken_anew()
    {
        await ListenAsync();
        File.Delete(location.Lock);
        await PassAsync(TimeSpan.FromMilliseconds(10));

        Assert.True(keeper.Lock.IsAt(location.Lock));
        Assert.Equal(CurrentProcess.Pid, keeper.Lock.Signer);
        Assert.False(FileLock.IsFree(location.Lock));
    }

    [Fact]
    public async Task A_lock_that_another_instance_holds_ends_this_one()
    {
        await ListenAsync();
        File.Delete(location.Lock);
        Assert.Equal(0, FileLock.TryTake(location.Lock, out FileLock? other));
        using FileLock held = other!;
        File.Delete(Path);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.True(isSuperseded);
    }

    /// <summary>Somebody may have started another one meanwhile.</summary>
    [Fact]
    public async Task Each_time_that_something_cannot_be_made_again_that_is_told()
    {
        await ListenAsync();
        File.Delete(Path);
        Directory.CreateDirectory(Path);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.Equal(1, unreachable);

        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, unreachable);
    }

    [Fact]
    public async Task Another_user_s_dead_socket_is_renamed_and_a_plain_file_is_left_alone()
    {
        await ListenAsync();
        File.Delete(Path);
        Assert.Equal(0, LibC.close(UnixListener.Bind(Path)));
        Ownership.Give(Path, 1);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.True(File.Exists(Path));
        Assert.True(File.Exists(Path + ".stranger"));

        File.Delete(Path);
        await File.WriteAllTextAsync(Path, "mine");
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path));
    }

    private Task ListenAsync() => thread.RunAsync(() =>
    {
        Assert.Equal(0, socket.Open());
        keeper.Start();
    });

    /// <summary>Events of the folder that are there already come before the first action, timers that are due behind the second.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        await thread.TurnAsync();
        await thread.RunAsync(() => time.Advance(span));
        await thread.TurnAsync();
    }
}
