using Fairlead.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>A key that signed at once signs for several at the same time, until it takes longer. The clock is the test's.</summary>
public sealed class UnattendedTests : IAsyncLifetime
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);
    private static readonly byte[] Signed = Messages.Signature("k1,k2");

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private TaskCompletionSource arrived = Gate();
    private FakeAgent agent = null!;
    private bool isFar;

    public async ValueTask InitializeAsync()
    {
        agent = stage.Add("agent", frame => FakeAgent.Holding("k1", "k2")(frame) with
        {
            After = isFar && Messages.KindOf(frame) == RequestKind.Sign ? arrived.Task : null,
        });
        await stage.ConfigureAsync(agent);
        using RelayClient first = stage.Connect();
        Assert.Equal(Signed, await first.AskAsync(Messages.Sign("k1")));
        await agent.NextRequestAsync();
        isFar = true;
    }

    public ValueTask DisposeAsync()
    {
        arrived.TrySetResult();
        stage.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Its_signatures_and_what_others_ask_go_side_by_side()
    {
        RelayClient[] clients = [.. Enumerable.Range(0, 50).Select(_ => stage.Connect())];
        foreach (RelayClient client in clients)
        {
            await client.SendAsync(Messages.Sign("k1"));
            Assert.Equal(Messages.Sign("k1"), await agent.NextRequestAsync());
        }

        using RelayClient listing = stage.Connect();
        Assert.Equal(Messages.Keys("k1", "k2"), await listing.AskAsync(Messages.List));
        arrived.SetResult();
        Assert.All(await Task.WhenAll(clients.Select(client => client.ReceiveAsync())), answer => Assert.Equal(Signed, answer));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task One_that_takes_longer_this_time_may_have_a_person_before_it()
    {
        using RelayClient signing = stage.Connect();
        await signing.SendAsync(Messages.Sign("k1"));
        await agent.NextRequestAsync();
        await stage.AdvanceAsync(Margin);
        using RelayClient listing = stage.Connect();
        await listing.SendAsync(Messages.List);
        await stage.QueuedAsync(agent);

        arrived.SetResult();
        Assert.Equal(Signed, await signing.ReceiveAsync());
        Assert.Equal(Messages.Keys("k1", "k2"), await listing.ReceiveAsync());
    }

    [Fact]
    public async Task After_that_it_is_taken_for_one_that_asks()
    {
        using (RelayClient slow = stage.Connect())
        {
            await slow.SendAsync(Messages.Sign("k1"));
            await agent.NextRequestAsync();
            await stage.AdvanceAsync(Margin);
            arrived.SetResult();
            Assert.Equal(Signed, await slow.ReceiveAsync());
        }

        arrived = Gate();
        await BusyFromItsFirstMomentAsync("k1");
    }

    [Fact]
    public async Task Another_key_of_the_same_agent_may_ask() => await BusyFromItsFirstMomentAsync("k2");

    [Fact]
    public async Task A_signature_whose_client_has_hung_up_keeps_nobody_waiting_and_leaves_the_key_what_it_was()
    {
        using (RelayClient signing = stage.Connect())
        {
            await signing.SendAsync(Messages.Sign("k1"));
            await agent.NextRequestAsync();
        }

        await stage.ConversationsAsync(0);
        using RelayClient listing = stage.Connect();
        Assert.Equal(Messages.Keys("k1", "k2"), await listing.AskAsync(Messages.List));
        using RelayClient next = stage.Connect();
        await next.SendAsync(Messages.Sign("k1"));
        await agent.NextRequestAsync();
        Assert.Equal(Messages.Keys("k1", "k2"), await listing.AskAsync(Messages.List));
    }

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BusyFromItsFirstMomentAsync(string key)
    {
        using RelayClient signing = stage.Connect();
        await signing.SendAsync(Messages.Sign(key));
        await agent.NextRequestAsync();
        using RelayClient listing = stage.Connect();
        await listing.SendAsync(Messages.List);
        await stage.QueuedAsync(agent);
    }
}
