using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Relay;

/// <summary>What rules keep from a conversation: keys in its lists, and signatures.</summary>
public sealed class PolicyTests : IDisposable
{
    private static readonly RuleConditions Always = new() { Forwarded = false };

    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task A_list_has_the_keys_that_a_rule_names_in_the_agents_order()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1", "k2", "k3"));
        Limit("k3", "k1", "elsewhere");
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k3"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1,k2,k3"), await client.AskAsync(Messages.Sign("k3")));
    }

    /// <summary>A program may have learned of a key elsewhere, and need not list any.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_is_hidden_does_not_sign_and_no_agent_is_asked(bool lists)
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1", "k2");
        await stage.ConfigureAsync(agent);
        Limit("k1");
        using RelayClient client = stage.Connect();
        if (lists)
        {
            await client.AskAsync(Messages.List);
        }

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k2")));
        Assert.DoesNotContain(agent.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k2")));
    }

    [Fact]
    public async Task Keys_of_other_agents_obey_it_as_well()
    {
        stage.Options.MergesKeys = true;
        await stage.ConfigureAsync(stage.AddWithKeys("leader", "k1", "k2"), stage.AddWithKeys("lender", "k3", "k4"));
        Limit("k2", "k4");
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k2", "k4"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k3")));
        Assert.Equal(Messages.Signature("k3,k4"), await client.AskAsync(Messages.Sign("k4")));
    }

    [Fact]
    public async Task A_rule_counts_from_the_moment_at_which_it_is_read()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1", "k2"));
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1", "k2"), await client.AskAsync(Messages.List));

        Limit("k1");

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k2")));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_key_is_denied_at_its_signature_and_all_others_sign()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1", "k2"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Key = FingerprintOf("k2") }, 1) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k2"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k2")));
        Assert.Equal(Messages.Signature("k1,k2"), await client.AskAsync(Messages.Sign("k1")));
    }

    /// <summary>Its data can be anything: it may be the login that the rule is about.</summary>
    [Fact]
    public async Task A_signature_that_cannot_be_read_is_denied_by_a_rule_about_signatures()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { User = "root" }, 1) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
    }

    private static string FingerprintOf(string key) => KeyFingerprint.Of(Encoding.ASCII.GetBytes(key));

    private void Limit(params string[] keys) =>
        stage.Planner.Options.Rules = [new PolicyRule(Always, 1) { Keys = new KeyChoice([.. keys.Select(FingerprintOf)]) }];
}
