using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Linux.Loop;

public sealed class EventLoopTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;

    public EventLoopTests() => thread = new LoopThread(time);

    private EventLoop Loop => thread.Loop;

    public void Dispose() => thread.Dispose();

    [Fact]
    public async Task Timers_fire_in_the_order_in_which_they_are_due()
    {
        var fired = new List<int>();
        await thread.RunAsync(() =>
        {
            foreach (int delay in (int[])[30, 10, 40, 20])
            {
                Loop.Schedule(TimeSpan.FromMilliseconds(delay), () => fired.Add(delay));
            }
        });
        time.Advance(TimeSpan.FromMilliseconds(30));
        await thread.TurnAsync();
        int[] order = await thread.RunAsync(() => fired.ToArray());
        Assert.Equal([10, 20, 30], order);
    }

    [Fact]
    public async Task A_timer_fires_not_before_it_is_due()
    {
        bool fired = false;
        await thread.RunAsync(() => Loop.Schedule(TimeSpan.FromMilliseconds(10), () => fired = true));
        time.Advance(TimeSpan.FromMilliseconds(10) - TimeSpan.FromTicks(1));
        await thread.TurnAsync();
        Assert.False(await thread.RunAsync(() => fired));
        time.Advance(TimeSpan.FromTicks(1));
        await thread.TurnAsync();
        Assert.True(await thread.RunAsync(() => fired));
    }

    [Fact]
    public async Task A_cancelled_timer_never_fires_not_even_when_another_one_of_the_same_moment_cancels_it()
    {
        int fired = 0;
        await thread.RunAsync(() =>
        {
            LoopTimer? second = null;
            LoopTimer first = Loop.Schedule(TimeSpan.FromMilliseconds(5), () => Fire(second!));
            second = Loop.Schedule(TimeSpan.FromMilliseconds(5), () => Fire(first));
            Loop.Schedule(TimeSpan.FromMilliseconds(1), () => fired += 100).Dispose();
        });
        time.Advance(TimeSpan.FromSeconds(1));
        await thread.TurnAsync();
        Assert.Equal(1, await thread.RunAsync(() => fired));

        void Fire(LoopTimer other)
        {
            fired++;
            other.Dispose();
        }
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come()
    {
        Task<Wake> delay = thread.RunAsync(() => Loop.DelayAsync(TimeSpan.FromMinutes(5)));
        await thread.TurnAsync();
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(5));
        await thread.TurnAsync();
        Assert.Equal(Wake.TimedOut, await delay);
    }

    [Fact]
    public async Task Actions_posted_from_many_threads_all_run_on_the_loops_thread()
    {
        int loopThread = await thread.RunAsync(() => Environment.CurrentManagedThreadId);
        var ran = new List<(int Poster, int Number, int Thread)>();
        Parallel.For(0, 4, poster =>
        {
            for (int number = 0; number < 1000; number++)
            {
                int mine = number;
                Loop.Post(() => ran.Add((poster, mine, Environment.CurrentManagedThreadId)));
            }
        });

        (int Poster, int Number, int Thread)[] all = await thread.RunAsync(() => ran.ToArray());
        Assert.Equal(4000, all.Length);
        Assert.All(all, action => Assert.Equal(loopThread, action.Thread));
        Assert.All(all.GroupBy(action => action.Poster), poster => Assert.Equal(Enumerable.Range(0, 1000), poster.Select(action => action.Number)));
    }

    [Fact]
    public async Task Faults_are_told_and_end_nothing()
    {
        using var pipe = new ReadyDescriptor();
        var seen = new TaskCompletionSource();
        await thread.RunAsync(() =>
        {
            LoopDescriptor descriptor = Loop.Watch(pipe.Readable);
            descriptor.Readable = () =>
            {
                seen.SetResult();
                throw new InvalidOperationException("from a descriptor");
            };
            Loop.Schedule(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("from a timer"));
            Loop.Post(() => throw new InvalidOperationException("posted"));
        });
        time.Advance(TimeSpan.FromSeconds(1));
        pipe.MakeReady();
        await seen.Task.InTime();
        await thread.TurnAsync();
        await thread.TurnAsync();
        Assert.Equal(["from a descriptor", "from a timer", "posted"], thread.Faults.Select(fault => fault.Message).Order());
    }

    [Fact]
    public async Task A_wait_ends_when_its_descriptor_is_closed()
    {
        using var pipe = new ReadyDescriptor();
        LoopDescriptor descriptor = await thread.RunAsync(() => Loop.Watch(pipe.Readable));
        Task<Wake> wait = thread.RunAsync(descriptor.WaitReadableAsync);
        await thread.RunAsync(descriptor.Dispose);
        Assert.Equal(Wake.Closed, await wait);
        Assert.Equal(Wake.Closed, await thread.RunAsync(descriptor.WaitReadableAsync));
    }

    /// <summary>By hand, by NTP, after a sleep: timers count on the clock that never jumps.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_jumps_moves_no_timer(int days)
    {
        var clock = new JumpingClock();
        using var other = new LoopThread(clock);
        bool fired = false;
        await other.RunAsync(() => other.Loop.Schedule(TimeSpan.FromSeconds(1), () => fired = true));
        clock.Wall = clock.Wall.AddDays(days);
        await other.TurnAsync();
        Assert.False(await other.RunAsync(() => fired));

        await other.RunAsync(() => clock.Monotonic += clock.TimestampFrequency);
        await other.TurnAsync(); // timers fire after what was posted
        Assert.True(await other.RunAsync(() => fired));
    }

    [Fact]
    public async Task A_wait_can_be_called_off_and_begun_again()
    {
        using var pipe = new ReadyDescriptor();
        LoopDescriptor descriptor = await thread.RunAsync(() => Loop.Watch(pipe.Readable));
        Task<Wake> wait = thread.RunAsync(descriptor.WaitReadableAsync);
        await thread.RunAsync(() => descriptor.Cancel(Wake.TimedOut));
        Assert.Equal(Wake.TimedOut, await wait);

        wait = thread.RunAsync(descriptor.WaitReadableAsync);
        await thread.TurnAsync();
        pipe.MakeReady();
        Assert.Equal(Wake.Ready, await wait);
        await thread.RunAsync(descriptor.Dispose);
    }

    [Fact]
    public async Task What_cannot_be_watched_is_closed_and_reported()
    {
        int file = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/proc/self/stat", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        SystemCallException fault = await Assert.ThrowsAsync<SystemCallException>(() => thread.RunAsync(() => Loop.Watch(file)));
        Assert.Equal(-Errno.EPERM, fault.Result);
        using var pipe = new ReadyDescriptor();
        LoopDescriptor next = await thread.RunAsync(() => Loop.Watch(pipe.Readable)); // its slot is free again
        await thread.RunAsync(next.Dispose);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_watched_ends_as_if_the_peer_had_hung_up()
    {
        int file = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/proc/self/stat", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        bool hungUp = false;
        Task<Wake> wait = thread.RunAsync(() =>
        {
            LoopDescriptor connection = Loop.WatchConnection(file);
            connection.HungUp = () => hungUp = true;
            return connection.WaitReadableAsync();
        });
        Assert.Equal(Wake.Closed, await wait);
        await thread.TurnAsync();
        Assert.True(await thread.RunAsync(() => hungUp));
        Assert.Equal(-Errno.EPERM, Assert.IsType<SystemCallException>(Assert.Single(thread.Faults)).Result);
    }

    [Fact]
    public async Task A_connection_that_is_disposed_in_its_first_turn_is_never_watched()
    {
        int file = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/proc/self/stat", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        await thread.RunAsync(() => Loop.WatchConnection(file).Dispose());
        await thread.TurnAsync();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task What_a_connection_waits_for_before_it_is_watched_it_gets()
    {
        (int ours, int theirs) = SocketPair.Make();
        Task<Wake> wait = thread.RunAsync(() => Loop.WatchConnection(ours).WaitWritableAsync());
        Assert.Equal(Wake.Ready, await wait);
        _ = LibC.close(theirs);
    }

    /// <summary>A loop that is never idle must not collect descriptors: it closes some in between.</summary>
    [Fact]
    public async Task Disposed_connections_are_closed_when_the_loop_rests_and_when_there_are_many()
    {
        (int Ours, int Theirs)[] pairs = [.. Enumerable.Range(0, 20).Select(_ => SocketPair.Make())];
        bool IsClosed(int i) => SocketPair.HasEnded(pairs[i].Theirs);
        await thread.RunAsync(() =>
        {
            LoopDescriptor[] all = [.. pairs.Select(pair => Loop.WatchConnection(pair.Ours))];
            all[0].Dispose();
            Assert.False(IsClosed(0));
            Assert.True(Loop.FreeDescriptors());
            Assert.True(IsClosed(0));
            Assert.False(Loop.FreeDescriptors());
            Array.ForEach(all, connection => connection.Dispose());
        });
        await thread.TurnAsync(); // what was posted made it busy: there were more than it keeps
        Assert.All(Enumerable.Range(0, pairs.Length), i => Assert.True(IsClosed(i)));
        Array.ForEach(pairs, pair => LibC.close(pair.Theirs));
    }

    /// <summary>The two clocks of a machine; the second never jumps.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public long Monotonic { get; set; }

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic;
    }
}
