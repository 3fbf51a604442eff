using Fairlead.Core.Agents;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>A listing goes down the route until an agent answers.</summary>
public sealed class ListingTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task The_leader_answers()
    {
        FakeAgent first = stage.AddWithKeys("first", "k1");
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(first, second);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task A_dead_agent_is_passed_over()
    {
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync(stage.Folder.Bind("dead"), alive.Path);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task An_agent_without_keys_is_passed_over()
    {
        FakeAgent empty = stage.AddWithKeys("empty");
        FakeAgent full = stage.AddWithKeys("full", "k1");
        await stage.ConfigureAsync(empty, full);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.List, await empty.NextRequestAsync());
    }

    [Fact]
    public async Task An_empty_list_is_the_answer_when_nobody_has_keys()
    {
        FakeAgent ends = stage.Add("ends", _ => FakeReply.EndOfFile);
        FakeAgent empty = stage.AddWithKeys("empty");
        FakeAgent refuses = stage.Add("refuses", _ => Messages.Failure);
        await stage.ConfigureAsync(ends, empty, refuses);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys(), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Add("secret")));
        Assert.Equal(2, Assert.Single(empty.Conversations).Count);
    }

    [Fact]
    public async Task An_agent_that_hangs_up_refuses_or_talks_nonsense_is_passed_over()
    {
        FakeAgent ends = stage.Add("ends", _ => FakeReply.EndOfFile);
        FakeAgent endsInside = stage.Add("inside", _ => new FakeReply([0, 0, 1, 0, 12, 0], Closes: true));
        FakeAgent refuses = stage.Add("refuses", _ => Messages.Failure);
        FakeAgent oversize = stage.Add("oversize", _ => new byte[] { 255, 255, 255, 255, 12 });
        FakeAgent zero = stage.Add("zero", _ => new byte[] { 0, 0, 0, 0 });
        FakeAgent miscounts = stage.Add("miscounts", _ => new byte[] { 0, 0, 0, 5, 12, 0, 0, 0, 7 });
        FakeAgent atOnce = stage.Add(new FakeAgent(stage.Folder["at-once"], _ => FakeReply.Nothing) { ClosesAtOnce = true });
        FakeAgent good = stage.AddWithKeys("good", "k1");
        await stage.ConfigureAsync(ends, endsInside, refuses, oversize, zero, miscounts, atOnce, good);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task Without_a_live_agent_the_answer_is_failure_at_once()
    {
        await stage.ConfigureAsync(stage.Folder.Bind("dead"));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Add("secret")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Extension("unknown@example.org")));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
    }

    [Fact]
    public async Task A_new_listing_finds_the_agent_that_came_meanwhile()
    {
        await stage.ConfigureAsync(stage.Folder["later"]);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));

        stage.AddWithKeys("later", "k1");
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task An_agent_that_leads_back_to_us_is_refused()
    {
        FakeAgent loop = stage.AddWithKeys("loop", "ours");
        loop.AnswerToTrace = TraceExtension.WriteAnswer("ourselves", leadsBack: true);
        FakeAgent good = stage.AddWithKeys("good", "k1");
        await stage.ConfigureAsync(loop, good);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Empty(loop.Received);
    }

    [Fact]
    public async Task Our_own_socket_behind_a_relay_of_bytes_is_refused()
    {
        using var behind = new ByteRelay(stage.Folder["behind"], stage.Socket);
        await stage.ConfigureAsync(behind.Path);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal([new RefusedSocket(behind.Path, Refusal.LeadsBackToUs)], await stage.RefusedAsync());
    }
}
