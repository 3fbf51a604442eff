using Fairlead.Core.Linux;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.Settings;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Daemon;

/// <summary>What the daemon does when its socket is gone and something stands in the way of making it again.</summary>
public sealed class SocketKeeperTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly FactThread facts;
    private readonly Placement placement;
    private readonly ServedSocket socket;
    private readonly SocketKeeper keeper;
    private bool isSuperseded;

    public SocketKeeperTests()
    {
        thread = new LoopThread(time);
        facts = new FactThread(thread.Loop);
        var around = new Surroundings { Uid = CurrentProcess.Uid, HostName = "host" };
        placement = Assert.Single(Placements.Find(around, folder["fairlead.sock"], PlacementSource.CommandLine).All);
        Assert.Equal(0, FileLock.TryTake(placement.Lock, out FileLock? held));
        socket = new ServedSocket(thread.Loop, placement.Socket, new Acceptor(thread.Loop, CurrentProcess.Uid, stream => stream.Dispose()));
        keeper = new SocketKeeper(thread.Loop, placement, [socket], held!, new Log(facts, time, placement.Log))
        {
            Superseded = () => isSuperseded = true,
        };
    }

    public void Dispose()
    {
        facts.Dispose();
        thread.Dispose();
        keeper.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_is_no_other_instance()
    {
        await ListenAsync();
        File.Delete(placement.Lock);
        Directory.CreateDirectory(placement.Lock);
        File.Delete(placement.Socket);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.False(isSuperseded);
        Assert.False(File.Exists(placement.Socket));

        Directory.Delete(placement.Lock);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(File.Exists(placement.Socket));
    }

    /// <summary>The next daemon finds its place by it.</summary>
    [Fact]
    public async Task A_lock_that_was_removed_is_taken_anew()
    {
        await ListenAsync();
        File.Delete(placement.Lock);
        await PassAsync(TimeSpan.FromMilliseconds(10));

        Assert.True(keeper.Lock.IsAt(placement.Lock));
        Assert.Equal(CurrentProcess.Pid, keeper.Lock.Signer);
        Assert.False(FileLock.IsFree(placement.Lock));
    }

    [Fact]
    public async Task A_lock_that_another_instance_holds_ends_this_one()
    {
        await ListenAsync();
        File.Delete(placement.Lock);
        Assert.Equal(0, FileLock.TryTake(placement.Lock, out FileLock? other));
        using FileLock held = other!;
        File.Delete(placement.Socket);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.True(isSuperseded);
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
