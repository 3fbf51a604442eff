using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>A signature stays with the agent that listed the key, and is repeated only when that agent has ended.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task The_agent_that_listed_the_key_signs_on_the_same_connection()
    {
        FakeAgent empty = stage.AddWithKeys("empty");
        FakeAgent full = stage.AddWithKeys("full", "k1");
        await stage.ConfigureAsync(empty, full);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal([Messages.List, Messages.Sign("k1")], Assert.Single(full.Conversations));
    }

    [Fact]
    public async Task Failure_is_final_for_the_person_may_have_said_no()
    {
        FakeAgent refuses = stage.Add("refuses", FrameKind(list: Messages.Keys("k1"), sign: Messages.Failure));
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(refuses, other);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task The_next_agent_signs_when_one_refuses_and_hangs_up_on_the_question_what_it_holds()
    {
        FakeAgent first = stage.Add("first", frame => Messages.KindOf(frame) == RequestKind.Sign ? Messages.Failure : FakeReply.EndOfFile);
        FakeAgent second = stage.AddWithKeys("second", "k1");
        await stage.ConfigureAsync(first, second);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Contains(Messages.Sign("k1"), second.Received);
    }

    [Fact]
    public async Task The_agent_that_listed_signs_on_after_another_one_has_signed_with_its_own_key()
    {
        FakeAgent listed = stage.AddWithKeys("listed", "k1", "both");
        FakeAgent other = stage.AddWithKeys("other", "k2", "both");
        await stage.ConfigureAsync(listed, other);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "both"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k2,both"), await client.AskAsync(Messages.Sign("k2")));
        Assert.Equal(Messages.Signature("k1,both"), await client.AskAsync(Messages.Sign("both")));
        Assert.Single(listed.Conversations);
    }

    [Fact]
    public async Task The_agent_that_listed_signs_on_after_a_key_that_nobody_has()
    {
        FakeAgent empty = stage.AddWithKeys("empty");
        FakeAgent listed = stage.AddWithKeys("listed", "k1");
        await stage.ConfigureAsync(empty, listed);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("nobody's")));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Single(listed.Conversations);
    }

    [Fact]
    public async Task After_an_end_only_an_agent_that_lists_the_key_is_asked()
    {
        FakeAgent ends = stage.Add("ends", FrameKind(list: Messages.Keys("k1"), sign: FakeReply.EndOfFile));
        FakeAgent without = stage.AddWithKeys("without", "k2");
        FakeAgent with = stage.AddWithKeys("with", "k2", "k1");
        await stage.ConfigureAsync(ends, without, with);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k2,k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal([Messages.List], without.Received);
        Assert.Equal([Messages.List, Messages.Sign("k1")], with.Received);
        Assert.Single(ends.Conversations);
    }

    [Fact]
    public async Task After_an_end_the_same_agent_is_not_asked_again()
    {
        FakeAgent ends = stage.Add("ends", FrameKind(list: Messages.Keys("k1"), sign: FakeReply.EndOfFile));
        await stage.ConfigureAsync(ends);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal([Messages.Sign("k1")], ends.Received);
    }

    [Fact]
    public async Task An_agent_that_was_started_anew_between_listing_and_signature_signs()
    {
        FakeAgent first = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(first);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));

        first.Dispose();
        File.Delete(first.Path);
        FakeAgent second = stage.AddWithKeys("agent", "k1");
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Contains(second.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k1")));
    }

    private static Func<byte[], FakeReply> FrameKind(FakeReply list, FakeReply sign) =>
        frame => Messages.KindOf(frame) == RequestKind.List ? list : sign;
}
