using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Linux.Loop;

/// <summary>
/// A descriptor's number goes to another in the middle of a batch of events. Alone in the process: what any other thread opened in
/// that moment could get the number first, and be overwritten.
/// </summary>
[Collection(WholeProcess.Name)]
public sealed class ReusedNumberTests : IDisposable
{
    private readonly LoopThread thread = new();

    private EventLoop Loop => thread.Loop;

    public void Dispose() => thread.Dispose();

    [Fact]
    public async Task An_event_of_a_closed_descriptor_does_not_reach_the_one_that_got_its_number()
    {
        using var first = new ReadyDescriptor();
        using var second = new ReadyDescriptor();
        using var third = new ReadyDescriptor();
        int wrong = 0;
        int numberOfSecond = second.Readable;
        LoopDescriptor? reused = null;
        var over = new TaskCompletionSource();
        await thread.RunAsync(() =>
        {
            // All three become ready in one batch. The first one's turn closes the second, and its number goes to another.
            LoopDescriptor one = Loop.Watch(first.Readable);
            LoopDescriptor two = Loop.Watch(second.Readable);
            LoopDescriptor three = Loop.Watch(third.Readable);
            two.Readable = () => wrong++;
            three.Readable = () => over.TrySetResult();
            one.Readable = () =>
            {
                one.Dispose();
                two.Dispose();
                reused = Loop.Watch(SilentDescriptor.OpenAs(numberOfSecond));
                reused.Readable = () => wrong++;
            };
            first.MakeReady();
            second.MakeReady();
            third.MakeReady();
        });
        await over.Task.InTime();
        Assert.Equal(numberOfSecond, await thread.RunAsync(() => reused!.Number));
        Assert.Equal(0, await thread.RunAsync(() => wrong));
        await thread.RunAsync(() => reused!.Dispose());
    }
}
