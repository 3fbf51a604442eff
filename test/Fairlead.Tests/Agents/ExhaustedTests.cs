using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Proc;
using Fairlead.Protocol;
using Fairlead.Tests.Relay;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

/// <summary>Out of descriptors, nothing is learned and nothing is forgotten.</summary>
[Collection(WholeProcess.Name)]
public sealed class ExhaustedTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow.AddHours(1)); // long after all changes
    private readonly SocketFolder place;

    public ExhaustedTests() => place = new SocketFolder(folder.Path, CurrentProcess.Uid, time);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Agents_that_are_known_stay_known()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        place.Refresh();
        Agent agent = Assert.Single(place.Agents);

        folder.Make("ssh-BBBBBBBBBB");
        using (new NoDescriptors())
        {
            place.Refresh();
        }

        Assert.Equal([agent], place.Agents);
        folder.Bind("ssh-BBBBBBBBBB/agent.2");
        place.Refresh();
        Assert.Equal(2, place.Agents.Count);
    }

    [Fact]
    public void A_login_whose_folder_could_not_be_read_is_found_later()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        using (new NoDescriptors(left: 1))
        {
            place.Refresh();
        }

        Assert.Empty(place.Agents);
        place.Refresh();
        Assert.Single(place.Agents);
    }

    [Fact]
    public async Task An_agent_that_cannot_be_connected_to_is_not_taken_for_dead()
    {
        using var stage = new RelayStage();
        FakeAgent fake = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(fake);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Query); // accepted and traced
        await fake.NextEndAsync();
        await fake.NextEndAsync(); // the connections of the search for loops and of the query have given back their descriptors
        byte[]? answer;
        using (new NoDescriptors())
        {
            answer = await client.AskAsync(Messages.List);
        }

        Assert.Equal(Messages.Failure, answer);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task An_agent_that_could_not_be_asked_for_loops_is_asked_before_it_is_used()
    {
        using var stage = new RelayStage();
        FakeAgent loop = stage.AddWithKeys("loop", "ours");
        loop.AnswerToTrace = TraceExtension.WriteAnswer("ourselves", leadsBack: true);
        await stage.ConfigureAsync(loop);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Of(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)); // accepted
        using (new NoDescriptors())
        {
            Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        }

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Empty(loop.Received);
    }
}
