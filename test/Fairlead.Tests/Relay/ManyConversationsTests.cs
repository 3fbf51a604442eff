namespace Fairlead.Tests.Relay;

[Collection(WholeProcess.Name)]
public sealed class ManyConversationsTests
{
    private const int Count = 1000;

    private static int OpenDescriptors => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    [Fact]
    public async Task A_thousand_conversations_at_once_are_answered_and_leave_no_descriptor_behind()
    {
        using var stage = new RelayStage();
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(agent);
        await AskAndGoAsync(stage, agent, 1);
        int before = OpenDescriptors;

        await AskAndGoAsync(stage, agent, Count);
        Assert.Equal(before, OpenDescriptors);
    }

    private static async Task AskAndGoAsync(RelayStage stage, FakeAgent agent, int count)
    {
        int asked = agent.Conversations.Count;
        Client[] clients = [.. Enumerable.Range(0, count).Select(_ => stage.Connect())];
        byte[]?[] answers = await Task.WhenAll(clients.Select(client => client.AskAsync(Messages.List)));
        Assert.All(answers, answer => Assert.Equal(Messages.Keys("k1"), answer));
        Assert.Equal(asked + count, agent.Conversations.Count);
        await stage.ConversationsAsync(count);

        Array.ForEach(clients, client => client.Dispose());
        await stage.ConversationsAsync(0);
        for (int ended = 0; ended < count + (asked == 0 ? 1 : 0); ended++) // the search for loops had a connection, too
        {
            await agent.NextEndAsync();
        }
    }
}
