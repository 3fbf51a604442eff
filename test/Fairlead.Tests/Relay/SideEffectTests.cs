using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>What changes an agent reaches one agent, once.</summary>
public sealed class SideEffectTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    public static TheoryData<byte[]> Changes() =>
    [
        Messages.Add("secret"),
        Messages.Lock("passphrase"),
        Messages.Of(AgentMessageType.SSH_AGENTC_REMOVE_ALL_IDENTITIES),
        Messages.Of(AgentMessageType.SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_leader_that_ends_after_a_change_is_not_followed_by_another(byte[] change)
    {
        FakeAgent leader = stage.Add("leader", _ => FakeReply.EndOfFile);
        FakeAgent next = stage.AddWithKeys("next", "k1");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(change));
        Assert.Equal([change], leader.Received);
        Assert.Empty(next.Received);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_reaches_the_leader_once(byte[] change)
    {
        FakeAgent leader = stage.AddWithKeys("leader");
        FakeAgent next = stage.AddWithKeys("next", "k1");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Success, await client.AskAsync(change));
        Assert.Equal([change], leader.Received);
        Assert.Empty(next.Received);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_does_not_follow_a_signature_to_another_agent(byte[] change)
    {
        FakeAgent leader = stage.AddWithKeys("leader", "k1");
        FakeAgent next = stage.AddWithKeys("next", "k2");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k2"), await client.AskAsync(Messages.Sign("k2")));
        Assert.Equal(Messages.Success, await client.AskAsync(change));
        Assert.Contains(leader.Received, frame => frame.AsSpan().SequenceEqual(change));
        Assert.DoesNotContain(next.Received, frame => frame.AsSpan().SequenceEqual(change));
    }

    [Fact]
    public async Task A_change_goes_to_the_leader_after_another_one_has_signed_in_its_place()
    {
        FakeAgent leader = stage.Add("leader", frame => Messages.KindOf(frame) == RequestKind.Sign ? FakeReply.EndOfFile : FakeAgent.Holding("k1")(frame));
        FakeAgent next = stage.AddWithKeys("next", "k1");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Add("secret")));
        Assert.DoesNotContain(next.Received, frame => Messages.KindOf(frame) == RequestKind.Change);
    }

    [Fact]
    public async Task An_unknown_request_is_passed_on_once()
    {
        byte[] unknown = Messages.Extension("unknown@example.org", "contents");
        FakeAgent leader = stage.Add("leader", _ => FakeReply.EndOfFile);
        FakeAgent next = stage.AddWithKeys("next", "k1");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(unknown));
        Assert.Equal([unknown], leader.Received);
        Assert.Empty(next.Received);
    }

    [Fact]
    public async Task After_a_lock_the_empty_list_is_the_answer()
    {
        bool isLocked = false;
        FakeAgent leader = stage.Add("leader", frame => Messages.TypeOf(frame) switch
        {
            AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES => Volatile.Read(ref isLocked) ? Messages.Keys() : Messages.Keys("k1"),
            AgentMessageType.SSH_AGENTC_LOCK => Answer(locked: true),
            _ => Answer(locked: false),
        });
        FakeAgent next = stage.AddWithKeys("next", "k2");
        await stage.ConfigureAsync(leader, next);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Lock("passphrase")));

        using RelayClient later = stage.Connect();
        Assert.Equal(Messages.Keys(), await later.AskAsync(Messages.List));
        Assert.Empty(next.Received);

        byte[] unlock = Messages.Lock("passphrase");
        unlock[AgentFrame.HeaderLength] = (byte)AgentMessageType.SSH_AGENTC_UNLOCK;
        Assert.Equal(Messages.Success, await later.AskAsync(unlock));
        Assert.Equal(Messages.Keys("k1"), await later.AskAsync(Messages.List));

        FakeReply Answer(bool locked)
        {
            Volatile.Write(ref isLocked, locked);
            return Messages.Success;
        }
    }

    [Fact]
    public async Task A_query_leaves_no_stray_answer_behind()
    {
        // ssh-agent 10.3 says SUCCESS behind its answer to a query.
        FakeAgent twice = stage.Add("twice", frame => Messages.KindOf(frame) switch
        {
            RequestKind.Query => new FakeReply([.. Messages.Signature("query"), .. Messages.Success]),
            RequestKind.List => Messages.Keys("k1"),
            _ => Messages.Signature("k1"),
        });
        await stage.ConfigureAsync(twice);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("query"), await client.AskAsync(Messages.Query));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal(Messages.Signature("query"), await client.AskAsync(Messages.Query));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }
}
