using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>Agents of the configuration with <c>role = "always"</c>: their keys are in every list, but no other host's.</summary>
public sealed class AlwaysTests : IDisposable
{
    private readonly RelayStage stage = new();
    private readonly FakeAgent leader;
    private readonly FakeAgent second;
    private readonly FakeAgent card;

    public AlwaysTests()
    {
        leader = stage.AddWithKeys("leader", "k1");
        second = stage.AddWithKeys("second", "k2");
        card = stage.AddWithKeys("card", "k3", "k1");
    }

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task Their_keys_stand_behind_those_of_the_leader_and_nobody_else_is_asked()
    {
        await ConfigureAsync(leader, second, card);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k3"), await client.AskAsync(Messages.List));
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task A_key_of_theirs_signs_with_them()
    {
        await ConfigureAsync(leader, card);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);

        await client.AskAsync(Messages.Sign("k3"));

        Assert.Contains(card.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k3")));
        Assert.DoesNotContain(leader.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k3")));
    }

    [Fact]
    public async Task While_a_person_is_asked_for_one_of_theirs_nobody_else_waits_for_them()
    {
        FakeAgent asks = stage.Add("token", frame => Messages.KindOf(frame) == RequestKind.Sign ? FakeReply.Nothing : FakeAgent.Holding("k4")(frame));
        await ConfigureAsync(leader, asks);
        using RelayClient first = stage.Connect();
        Assert.Equal(Messages.Keys("k1", "k4"), await first.AskAsync(Messages.List));
        await first.SendAsync(Messages.Sign("k4"));
        await stage.BusyAsync(asks);

        using RelayClient second = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await second.AskAsync(Messages.List));
    }

    [Theory]
    [InlineData(nameof(FallbackMode.Any))]
    [InlineData(nameof(FallbackMode.None))]
    public async Task They_answer_alone_where_nobody_leads(string fallback)
    {
        await ConfigureAsync(card);
        await stage.Thread.RunAsync(() => stage.Planner.Options.Fallback = Enum.Parse<FallbackMode>(fallback));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k3", "k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task With_all_keys_each_still_stands_once()
    {
        stage.Options.MergesKeys = true;
        await ConfigureAsync(leader, second, card);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k2", "k3"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task Another_host_never_hears_of_them()
    {
        await ConfigureAsync(leader, card);
        using RelayClient thief = stage.Connect();
        await thief.AskAsync(Messages.Bind(1, isForwarding: true));

        Assert.Equal(Messages.Keys("k1"), await thief.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k3")));
        Assert.Empty(card.Received);
    }

    [Fact]
    public async Task Nor_when_there_is_no_other_agent()
    {
        await ConfigureAsync(card);
        using RelayClient thief = stage.Connect();
        await thief.AskAsync(Messages.Bind(1, isForwarding: true));

        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k3")));
        Assert.Empty(card.Received);
    }

    private Task ConfigureAsync(params FakeAgent[] order) =>
        stage.Thread.RunAsync(() => stage.Registry.Configure([], order.Select(agent => (Path.GetFileName(agent.Path), agent.Path)), new HashSet<string> { "card", "token" }));
}
