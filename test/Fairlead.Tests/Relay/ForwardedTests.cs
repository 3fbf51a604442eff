using Fairlead.Protocol;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.Relay;

/// <summary>Requests that an ssh client passes on for another host: what that host's root may not have.</summary>
public sealed class ForwardedTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_leaders_keys_are_listed(bool mergesKeys)
    {
        stage.Options.MergesKeys = mergesKeys;
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first", "k1"), second);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Keys("k1"), await thief.AskAsync(Messages.List));
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task An_empty_leader_is_the_answer()
    {
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first"), second);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Keys(), await thief.AskAsync(Messages.List));
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task A_key_of_another_agent_signs_nothing()
    {
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first", "k1"), second);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k2")));
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task The_next_agent_answers_when_the_leader_is_dead()
    {
        FakeAgent alive = stage.AddWithKeys("alive", "k2");
        await stage.ConfigureAsync(stage.Folder.Bind("dead"), alive.Path);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Keys("k2"), await thief.AskAsync(Messages.List));
    }

    [Fact]
    public async Task After_the_end_of_the_leader_the_next_one_leads_and_nobody_behind_it_signs()
    {
        FakeAgent? ends = null;
        ends = stage.Add("ends", frame =>
        {
            if (Messages.KindOf(frame) != RequestKind.Sign)
            {
                return FakeAgent.Holding("k1")(frame);
            }

            ends!.Dispose();
            return FakeReply.EndOfFile;
        });
        FakeAgent leads = stage.AddWithKeys("leads", "k2");
        FakeAgent behind = stage.AddWithKeys("behind", "k1");
        await stage.ConfigureAsync(ends, leads, behind);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Keys("k1"), await thief.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k1")));
        Assert.Equal(Messages.Keys("k2"), await thief.AskAsync(Messages.List));
        Assert.Empty(behind.Received);
    }

    /// <summary>Some hang up on what they do not like, and another host may send it.</summary>
    [Theory]
    [InlineData(RequestKind.List)]
    [InlineData(RequestKind.Sign)]
    [InlineData(RequestKind.Bind)]
    public async Task Nobody_answers_for_a_leader_that_hangs_up_and_lives(RequestKind on)
    {
        FakeAgent leader = stage.Add("leader", frame => Messages.KindOf(frame) == on ? FakeReply.EndOfFile : FakeAgent.Holding("k1")(frame));
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(leader, second);
        using RelayClient thief = await ConnectAsync();

        byte[]? list = await thief.AskAsync(Messages.List);
        Assert.Equal(on == RequestKind.Sign ? Messages.Keys("k1") : Messages.Failure, list);
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k2")));
        Assert.Empty(second.Received);
    }

    /// <summary>It is no agent for this conversation: the way out of a circle is the next one.</summary>
    [Fact]
    public async Task The_next_agent_answers_when_the_leader_leads_back()
    {
        FakeAgent circle = stage.Add("circle", FakeAgent.Holding("k1"));
        circle.AnswerToTrace = TraceExtension.WriteAnswer("hop", leadsBack: true);
        await stage.ConfigureAsync(circle, stage.AddWithKeys("second", "k2"));
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Keys("k2"), await thief.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k2"), await thief.AskAsync(Messages.Sign("k2")));
    }

    /// <summary>It must not be the way round all of this.</summary>
    [Fact]
    public async Task The_question_whether_we_lead_back_turns_to_nobody()
    {
        using var full = new FullBacklog(stage.Folder["full"]);
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.Folder["full"], second.Path);
        using RelayClient thief = await ConnectAsync();

        await thief.AskAsync(TraceExtension.WriteRequest(["web01"]));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Sign("k2")));
        Assert.Empty(second.Received);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Nobody_answers_for_a_leader_that_is_there_and_cannot_be_reached(byte[] request)
    {
        using var full = new FullBacklog(stage.Folder["full"]);
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.Folder["full"], second.Path);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Failure, await thief.AskAsync(request));
        Assert.Empty(second.Received);
    }

    public static TheoryData<byte[]> Requests() => [Messages.List, Messages.Sign("k2"), Messages.Extension("unknown@example.org")];

    [Theory]
    [InlineData(AgentMessageType.SSH_AGENTC_REMOVE_ALL_IDENTITIES)]
    [InlineData(AgentMessageType.SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES)]
    public async Task Nothing_is_changed_unless_the_configuration_allows_it(AgentMessageType type)
    {
        FakeAgent agent = stage.Add("agent", _ => Messages.Success);
        await stage.ConfigureAsync(agent);
        using RelayClient thief = await ConnectAsync();

        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Of(type)));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Lock("mine now")));
        Assert.Equal(Messages.Failure, await thief.AskAsync(Messages.Add("his")));
        stage.Options.AllowsForwardedChanges = true;
        Assert.Equal(Messages.Success, await thief.AskAsync(Messages.Of(type)));
    }

    [Fact]
    public async Task A_bind_that_cannot_be_read_counts_as_one_from_another_host()
    {
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first"), second);
        using RelayClient thief = stage.Connect();
        await thief.AskAsync(Messages.Extension("session-bind@openssh.com", "no bind"));

        Assert.Equal(Messages.Keys(), await thief.AskAsync(Messages.List));
        Assert.Empty(second.Received);
    }

    private async Task<RelayClient> ConnectAsync()
    {
        RelayClient thief = stage.Connect();
        await thief.AskAsync(Messages.Bind(1, isForwarding: true));
        return thief;
    }
}
