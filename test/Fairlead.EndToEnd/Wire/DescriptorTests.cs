namespace Fairlead.EndToEnd.Wire;

public sealed class DescriptorTests : IAsyncLifetime
{
    private const int Conversations = 500;
    private const int Settling = 100;

    private WireStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WireStage.Raise();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Theory]
    [InlineData("connects and leaves")]
    [InlineData("lists and leaves")]
    [InlineData("lists and waits for the end")]
    [InlineData("leaves before the answer")]
    [InlineData("leaves in the middle of a length")]
    [InlineData("leaves in the middle of a message")]
    [InlineData("sends too long a message")]
    [InlineData("sends an empty message")]
    [InlineData("sends many requests at once")]
    [InlineData("asks for an unknown extension")]
    public async Task No_conversation_leaves_a_descriptor_behind(string kind)
    {
        await List();
        string[] before = stage.Daemon.OpenDescriptors;

        foreach (int[] batch in Enumerable.Range(0, Conversations).Chunk(20))
        {
            await Task.WhenAll(batch.Select(_ => Converse(kind)));
        }

        // What a client closed, the daemon notices in its own time. Each further answer is proof that it had some.
        string[] after;
        int turn = 0;
        do
        {
            await List();
            after = stage.Daemon.OpenDescriptors;
        }
        while (after.Length > before.Length && ++turn < Settling);
        Assert.True(after.Length <= before.Length, $"before: {string.Join(' ', before)}\nafter: {string.Join(' ', after)}");
    }

    private Task<List<string>> Converse(string kind) => stage.PlayThrough(async client =>
    {
        switch (kind)
        {
            case "connects and leaves":
                return [];
            case "lists and leaves":
                await client.Send(Message.List);
                return await client.ReadFrames(1);
            case "lists and waits for the end":
                await client.Send(Message.List);
                client.EndSending();
                return await client.ReadFrames(int.MaxValue);
            case "leaves before the answer":
                await client.Send(Message.List);
                return [];
            case "leaves in the middle of a length":
                await client.Send(Message.List.AsMemory(0, 2));
                return [];
            case "leaves in the middle of a message":
                await client.Send(Message.Length(100));
                return [];
            case "sends too long a message":
                await client.Send(Message.Length(int.MaxValue));
                return await client.ReadFrames(int.MaxValue);
            case "sends an empty message":
                await client.Send(Message.Length(0));
                return await client.ReadFrames(int.MaxValue);
            case "sends many requests at once":
                await client.Send(Enumerable.Repeat(Message.List, 20).SelectMany(bytes => bytes).ToArray());
                return await client.ReadFrames(20);
            case "asks for an unknown extension":
                await client.Send(Message.ExtensionNamed("nobody-knows@example.org"));
                return await client.ReadFrames(1);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    });

    private Task<List<string>> List() => Converse("lists and waits for the end");
}
