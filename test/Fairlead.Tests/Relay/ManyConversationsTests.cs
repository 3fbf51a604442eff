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
        GC.Collect(); // what tests before this one left to the finalizers is not counted
        GC.WaitForPendingFinalizers();
        int before = OpenDescriptors;

        await AskAndGoAsync(stage, agent, Count);
        Assert.Equal(before, OpenDescriptors);
    }

    [Fact]
    public async Task One_more_than_allowed_is_hung_up_on_and_nobody_else_notices()
    {
        using var stage = new RelayStage();
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(agent);
        stage.Options.MaxConversations = 2;
        RelayClient[] clients = [stage.Connect(), stage.Connect()];
        await stage.ConversationsAsync(2);
        Assert.All(await Task.WhenAll(clients.Select(client => client.AskAsync(Messages.List))), answer => Assert.Equal(Messages.Keys("k1"), answer));

        using (RelayClient refused = stage.Connect())
        {
            Assert.Null(await refused.ReceiveAsync());
        }

        Assert.All(await Task.WhenAll(clients.Select(client => client.AskAsync(Messages.List))), answer => Assert.Equal(Messages.Keys("k1"), answer));
        Array.ForEach(clients, client => client.Dispose());
        await stage.ConversationsAsync(0);
        using (RelayClient next = stage.Connect())
        {
            Assert.Equal(Messages.Keys("k1"), await next.AskAsync(Messages.List));
        }

        for (int ended = 0; ended < 4; ended++) // three conversations and the search for loops: the next test counts descriptors
        {
            await agent.NextEndAsync();
        }
    }

    [Fact]
    public async Task One_that_has_asked_nothing_makes_room_for_one_more()
    {
        using var stage = new RelayStage();
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(agent);
        stage.Options.MaxConversations = 3;
        using (RelayClient asked = stage.Connect())
        using (RelayClient silent = stage.Connect())
        {
            Assert.Equal(Messages.Keys("k1"), await asked.AskAsync(Messages.List));
            await stage.ConversationsAsync(2);
            using RelayClient alsoSilent = stage.Connect();
            await stage.ConversationsAsync(3);
            using RelayClient late = stage.Connect();
            Assert.Null(await silent.ReceiveAsync());
            Assert.Equal(Messages.Keys("k1"), await late.AskAsync(Messages.List));
            Assert.Equal(Messages.Keys("k1"), await alsoSilent.AskAsync(Messages.List));
            Assert.Equal(Messages.Keys("k1"), await asked.AskAsync(Messages.List));
        }

        await stage.ConversationsAsync(0);
        for (int ended = 0; ended < 4; ended++) // three conversations and the search for loops: the next test counts descriptors
        {
            await agent.NextEndAsync();
        }
    }

    private static async Task AskAndGoAsync(RelayStage stage, FakeAgent agent, int count)
    {
        int asked = agent.Conversations.Count;
        RelayClient[] clients = [.. Enumerable.Range(0, count).Select(_ => stage.Connect())];
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
