using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Agents;

/// <summary>Others can fill /tmp: it is read a slice at a time then, off the loop, and what is not ours is neither kept nor looked at twice.</summary>
public sealed class LargeFolderTests : IDisposable
{
    private const int Count = 5_000;

    private readonly TempFolder folder = TempFolder.InMemory();
    private readonly SteppedTime time = new();
    private readonly LoopThread thread = new();
    private readonly BlockingWorker worker;
    private readonly AgentRegistry registry;
    private readonly SocketFolder place;

    public LargeFolderTests()
    {
        worker = new BlockingWorker(thread.Loop);
        registry = new AgentRegistry(worker, CurrentProcess.Uid, time);
        place = new SocketFolder(folder.Path, CurrentProcess.Uid, time);
    }

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public void Of_a_folder_that_takes_longer_a_slice_is_read_at_a_time()
    {
        Fill();
        time.Step = TimeSpan.FromMilliseconds(2); // each look at the clock ends the slice
        int slices = 0;
        do
        {
            place.ReadOn();
            slices++;
        }
        while (place.IsBehind);

        Assert.InRange(slices, Count / 32, Count);
        Assert.Equal(folder["ssh-AAAAAAAAAA/agent.1"], Assert.Single(place.Agents).Path);
        Assert.Equal([folder["ssh-AAAAAAAAAA"]], place.FindLoginFolders()!);
    }

    /// <summary>The processor was taken away meanwhile: the next request finds the new login all the same.</summary>
    [Fact]
    public void A_folder_of_few_names_is_never_large()
    {
        for (int i = 0; i < 250; i++)
        {
            folder.Make($"sockets-{i}");
        }

        time.Step = TimeSpan.FromMilliseconds(2);
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.False(place.IsBehind);
        Assert.Single(place.Agents);
    }

    [Fact]
    public void Once_it_was_large_nothing_of_it_is_read_on_the_loop()
    {
        Fill();
        time.Step = TimeSpan.FromMilliseconds(2);
        Catch(place);
        folder.Make("ssh-BBBBBBBBBB");
        folder.Bind("ssh-BBBBBBBBBB/agent.2");

        Assert.False(place.Refresh());
        Assert.True(place.IsBehind);
        Assert.Single(place.Agents);
        Catch(place);
        Assert.Equal(2, place.Agents.Count);
    }

    [Fact]
    public void What_others_do_in_it_is_no_news()
    {
        Fill();
        Catch(place);
        Stranger("ssh-0000099999");
        folder.Make("other");
        Assert.False(place.Refresh());
        Assert.Single(place.Agents);
    }

    /// <summary>ext4 gives the next folder the inode of the last one that went.</summary>
    [Fact]
    public void A_login_whose_folder_takes_a_strangers_place_is_found()
    {
        Stranger("ssh-0000000001");
        place.Refresh();
        Directory.Move(folder["ssh-0000000001"], folder["ssh-AAAAAAAAAA"]); // the same inode
        Ownership.Give(folder["ssh-AAAAAAAAAA"], CurrentProcess.Uid);
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.Single(place.Agents);
    }

    [Fact]
    public void Strangers_are_remembered_up_to_a_number_and_make_room_when_they_are_gone()
    {
        var strangers = new StrangersFolders();
        for (ulong i = 0; i < 100_000; i++)
        {
            strangers.Add($"ssh-{i:d10}", i);
        }

        Assert.True(strangers.Contains("ssh-0000000001", 1));
        Assert.False(strangers.Contains("ssh-0000000001", 2));
        Assert.False(strangers.Contains("ssh-0000099999", 99_999));
        strangers.NoteEnd();
        strangers.Add("ssh-0000099999", 99_999);
        Assert.True(strangers.Contains("ssh-0000099999", 99_999));
    }

    [Fact]
    public async Task A_request_goes_on_with_what_is_known_and_whoever_must_know_all_waits()
    {
        Fill();
        time.Step = TimeSpan.FromMilliseconds(2);
        registry.Configure([folder.Path], []);
        Assert.True(await CatchUpAsync());
        Assert.Single(registry.Agents);

        folder.Make("ssh-BBBBBBBBBB");
        folder.Bind("ssh-BBBBBBBBBB/agent.2");
        (bool isBehind, int known) = await thread.RunAsync(async ValueTask<(bool, int)> () =>
        {
            await registry.RefreshAsync();
            return (registry.IsBehind, registry.Agents.Count);
        });
        Assert.Equal((true, 1), (isBehind, known));
        Assert.True(await CatchUpAsync());
        Assert.Equal(2, registry.Agents.Count);
    }

    private void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            Stranger($"ssh-{i:d10}");
        }

        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
    }

    private void Stranger(string name) => Ownership.Give(folder.Make(name), 4242);

    private static void Catch(SocketFolder place)
    {
        do
        {
            place.ReadOn();
        }
        while (place.IsBehind);
    }

    private Task<bool> CatchUpAsync() => thread.RunAsync(() => registry.CatchUpAsync(Deadline.Length));

    /// <summary>A clock that goes on by a step each time it is looked at, long after all that is on the disk.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long timestamp;

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref timestamp, Step.Ticks);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(1);
    }
}
