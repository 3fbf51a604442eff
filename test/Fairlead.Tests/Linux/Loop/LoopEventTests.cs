using System.Collections.Concurrent;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Linux.Loop;

public sealed class LoopEventTests : IDisposable
{
    private readonly LoopThread thread = new();

    public void Dispose() => thread.Dispose();

    [Fact]
    public async Task All_who_wait_go_on_in_order_on_the_loops_thread()
    {
        var happening = new LoopEvent();
        var order = new ConcurrentQueue<(int Number, int Thread)>();
        int loop = await thread.RunAsync(() => Environment.CurrentManagedThreadId);
        await thread.RunAsync(() =>
        {
            for (int number = 0; number < 20; number++)
            {
                thread.Loop.Observe(GoOnAsync(happening, number, order));
            }

            Assert.Empty(order);
            happening.Happen();
        });
        Assert.Equal(Enumerable.Range(0, 20).Select(number => (number, loop)), order);
    }

    [Fact]
    public async Task Who_comes_later_does_not_wait()
    {
        var happening = new LoopEvent();
        Assert.True(happening.Subscribe(new LoopSignal()));
        happening.Happen();
        happening.Happen();
        Assert.False(happening.Subscribe(new LoopSignal()));
        await happening.WaitAsync();
    }

    [Fact]
    public void A_strange_thread_gets_no_timer() =>
        Assert.Throws<InvalidOperationException>(() => thread.RunAsync(() => { }).ContinueWith(
            _ => thread.Loop.Schedule(TimeSpan.Zero, () => { }), TaskScheduler.Default).GetAwaiter().GetResult());

    private static async Task GoOnAsync(LoopEvent happening, int number, ConcurrentQueue<(int, int)> order)
    {
        await happening.WaitAsync();
        order.Enqueue((number, Environment.CurrentManagedThreadId));
    }
}
