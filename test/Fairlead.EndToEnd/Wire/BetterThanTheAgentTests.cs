namespace Fairlead.EndToEnd.Wire;

/// <summary>Where ssh-agent waits for ever or drops answers, fairlead does not.</summary>
public sealed class BetterThanTheAgentTests : IAsyncLifetime
{
    private WireStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WireStage.Raise();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_length_of_zero_ends_the_conversation()
    {
        List<string> answers = await stage.PlayThrough(async client =>
        {
            await client.Send(Message.Length(0));
            return await client.ReadFrames(int.MaxValue);
        });

        Assert.Empty(answers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public async Task A_client_that_stops_sending_still_gets_every_answer_it_is_owed(int requests)
    {
        List<string> answers = await stage.PlayThrough(async client =>
        {
            await client.Send(Enumerable.Repeat(Message.List, requests).SelectMany(bytes => bytes).ToArray());
            client.EndSending();
            return await client.ReadFrames(int.MaxValue);
        });

        Assert.Equal(requests, answers.Count);
        Assert.All(answers, answer => Assert.StartsWith("0C00000002", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_conversation_disturbs_no_other()
    {
        using RawClient steady = await RawClient.Connect(stage.Daemon.Socket);
        await steady.Send(Message.List);
        Assert.NotNull(await steady.ReadFrame());

        Assert.Empty(await stage.PlayThrough(async client =>
        {
            await client.Send(Message.Length(-1));
            return await client.ReadFrames(int.MaxValue);
        }));

        await steady.Send(Message.List);
        Assert.NotNull(await steady.ReadFrame());
    }
}
