using CsCheck;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Linux.Loop;

public sealed class TimerQueueTests
{
    private readonly TimerQueue timers = new();

    [Fact]
    public void Those_that_are_cancelled_do_not_stay_until_they_are_due()
    {
        for (int i = 0; i < 10_000; i++)
        {
            timers.Add(() => { }, due: 120).Dispose();
        }

        Assert.InRange(timers.Count, 0, 100);
    }

    [Fact]
    public void One_that_has_fired_is_not_cancelled_again()
    {
        LoopTimer fired = timers.Add(() => { }, due: 1);
        timers.Add(() => { }, due: 2);
        timers.TakeDue(1)!.Fire();
        fired.Dispose();
        fired.Dispose();
        Assert.Equal((1, 2L), (timers.Count, timers.NextDue()));
    }

    [Fact]
    public void Whatever_is_cancelled_the_others_fire_in_their_order() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Bool).Array[0, 500].Sample(plan =>
        {
            var queue = new TimerQueue();
            var fired = new List<int>();
            LoopTimer[] all = [.. plan.Select(timer => queue.Add(() => fired.Add(timer.Item1), timer.Item1))];
            foreach ((LoopTimer timer, (int, bool IsCancelled) of) in all.Zip(plan))
            {
                if (of.IsCancelled)
                {
                    timer.Dispose();
                    timer.Dispose();
                }
            }

            while (queue.TakeDue(1000) is LoopTimer due)
            {
                due.Fire();
            }

            Assert.Equal(plan.Where(timer => !timer.Item2).Select(timer => timer.Item1).Order(), fired);
            Assert.Equal(0, queue.Count);
        });
}
