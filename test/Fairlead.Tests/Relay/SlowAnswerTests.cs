using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>An answer that comes bit by bit is an answer, but not for ever. The clock is the test's.</summary>
public sealed class SlowAnswerTests : IDisposable
{
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(15);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly SlowLine line = new();
    private readonly byte[] keys = Messages.Keys("a key over a line so slow that each of its bytes can be seen to come");

    public void Dispose()
    {
        line.Open();
        stage.Dispose();
    }

    [Fact]
    public async Task A_list_that_takes_longer_than_its_time_is_waited_for_as_long_as_it_comes()
    {
        FakeAgent slow = stage.Add("slow", Drip);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(slow, other);
        using RelayClient client = await AskAsync(slow);
        await DripAsync(keys.Length, TimeSpan.FromMilliseconds(60));
        Assert.Equal(keys, await client.ReceiveAsync());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task One_that_stops_in_the_middle_has_the_time_of_an_answer_from_then_on()
    {
        FakeAgent slow = stage.Add("slow", Drip);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        stage.Options.AgentTimeouts = stage.Options.AgentTimeouts with { AsksOthers = false }; // a look at the other would race with the clock
        await stage.ConfigureAsync(slow, other);
        using RelayClient client = await AskAsync(slow);
        await DripAsync(5, Answer * 0.6);
        Assert.Empty(other.Received);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task One_that_drips_is_stalled_when_the_whole_takes_too_long_and_until_the_whole_has_come()
    {
        FakeAgent slow = stage.Add("slow", Drip);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        stage.Options.AgentTimeouts = stage.Options.AgentTimeouts with { AsksOthers = false }; // a look at the other would race with the clock
        await stage.ConfigureAsync(slow, other);
        using RelayClient client = await AskAsync(slow);
        await DripAsync((int)Whole.TotalSeconds, TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());

        await DripAsync(10, TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Single(slow.Received);

        await slow.NextEndAsync(); // the search for loops
        line.Open();
        await slow.NextEndAsync(); // the connection that owed the answer
        await stage.IdleAsync();
        Assert.Equal(keys, await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task However_late_each_answer_is_patience_has_an_end()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeAgent later = stage.Add("later", frame => FakeAgent.Holding("k1")(frame) with { After = arrived.Task });
        await stage.ConfigureAsync(later);
        using RelayClient client = stage.Connect();
        for (TimeSpan time = TimeSpan.FromMilliseconds(300); time < Answer * 4; time *= 1.5)
        {
            await client.SendAsync(Messages.List);
            await later.NextRequestAsync();
            await stage.AdvanceAsync(time);
            arrived.SetResult();
            Assert.NotNull(await client.ReceiveAsync());
            arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Assert.InRange(await stage.AnswerLimitAsync(later), Answer, Answer * 4);
    }

    private async Task<RelayClient> AskAsync(FakeAgent slow)
    {
        RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await slow.NextRequestAsync();
        return client;
    }

    private async Task DripAsync(int bytes, TimeSpan pause)
    {
        for (int i = 0; i < bytes; i++)
        {
            await line.LetThroughAsync();
            await stage.AdvanceAsync(pause);
        }
    }

    private FakeReply Drip(byte[] frame) => new(keys) { Line = line };
}
