using System.Runtime.CompilerServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

/// <summary>Places on other machines, which may answer late.</summary>
public sealed class SlowPlaceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly AgentRegistry registry;
    private readonly SlowPlace slow = new();

    public SlowPlaceTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
        registry = new AgentRegistry(worker, CurrentProcess.Uid, time);
    }

    public void Dispose()
    {
        slow.Answer();
        worker.Dispose();
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task What_a_late_look_finds_is_there_the_next_time()
    {
        FindersOf(registry).Add(slow);
        Task<Agent[]> first = RefreshAsync();
        await slow.LookedAt.InTime();
        await PassTheDeadlineAsync();
        Assert.Empty(await first);

        slow.Answer();
        Agent[] found = [];
        using var late = new CancellationTokenSource(Deadline.Length);
        while (found.Length == 0 && !late.IsCancellationRequested)
        {
            found = await RefreshAsync(); // it has not changed since, and says so
        }

        Assert.Single(found);
    }

    [Fact]
    public async Task An_agent_that_dies_during_a_look_at_a_slow_place_is_gone_after_it()
    {
        registry.Configure([], [("dies", folder.Bind("dies"))]);
        Agent dies = Assert.Single(await RefreshAsync());
        FindersOf(registry).Add(slow);
        slow.HasNews = false;

        Task<Agent[]> look = RefreshAsync();
        await slow.LookedAt.InTime();
        await thread.RunAsync(() => registry.MarkDead(dies));
        slow.Answer();
        Assert.Empty(await look);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "finders")]
    private static extern ref List<ISocketFinder> FindersOf(AgentRegistry registry);

    private Task<Agent[]> RefreshAsync() => thread.RunAsync(async ValueTask<Agent[]> () =>
    {
        await registry.RefreshAsync();
        return [.. registry.Agents];
    });

    private async Task PassTheDeadlineAsync()
    {
        await thread.TurnAsync();
        time.Advance(Limit);
        await thread.TurnAsync();
    }

    /// <summary>A place on a file server that answers when the test says so, and finds one agent.</summary>
    private sealed class SlowPlace : ISocketFinder
    {
        private readonly TaskCompletionSource answer = new();
        private readonly TaskCompletionSource lookedAt = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task LookedAt => lookedAt.Task;

        public bool HasNews { get; set; } = true;

        public bool MayBlock => true;

        public IReadOnlyList<Agent> Agents { get; private set; } = [];

        public IReadOnlyList<RefusedSocket> Refused => [];

        public void Answer() => answer.TrySetResult();

        public bool Refresh()
        {
            lookedAt.TrySetResult();
            answer.Task.Wait(Deadline.Length);
            if (!HasNews || Agents.Count > 0)
            {
                return false;
            }

            Agents = [new Agent { Path = "/slow", Source = AgentSource.Forwarded, Identity = new FileIdentity(1, 1), Created = default }];
            return true;
        }
    }
}
