using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Protocol;
using Fairlead.Tests.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>What rules keep from a conversation: keys in its lists, and signatures.</summary>
public sealed class PolicyTests : IDisposable
{
    /// <summary>Key blobs of a type that is not known: its length and its name.</summary>
    private const string K1 = "\0\0\0\u0004k@k1";
    private const string K2 = "\0\0\0\u0004k@k2";
    private const string K3 = "\0\0\0\u0004k@k3";
    private const string K4 = "\0\0\0\u0004k@k4";

    private static readonly RuleConditions Always = new() { Forwarded = false };

    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task A_list_has_the_keys_that_a_rule_names_in_the_agents_order()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1, K2, K3));
        Limit(K3, K1, "elsewhere");
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys(K1, K3), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature($"{K1},{K2},{K3}"), await client.AskAsync(Messages.Sign(K3)));
    }

    /// <summary>A program may have learned of a key elsewhere, and need not list any.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_is_hidden_does_not_sign_and_no_agent_is_asked(bool lists)
    {
        FakeAgent agent = stage.AddWithKeys("agent", K1, K2);
        await stage.ConfigureAsync(agent);
        Limit(K1);
        using RelayClient client = stage.Connect();
        if (lists)
        {
            await client.AskAsync(Messages.List);
        }

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K2)));
        Assert.DoesNotContain(agent.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign(K2)));
    }

    [Fact]
    public async Task Keys_of_other_agents_obey_it_as_well()
    {
        stage.Options.MergesKeys = true;
        await stage.ConfigureAsync(stage.AddWithKeys("leader", K1, K2), stage.AddWithKeys("lender", K3, K4));
        Limit(K2, K4);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys(K2, K4), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K3)));
        Assert.Equal(Messages.Signature($"{K3},{K4}"), await client.AskAsync(Messages.Sign(K4)));
    }

    [Fact]
    public async Task A_rule_counts_from_the_moment_at_which_it_is_read()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1, K2));
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys(K1, K2), await client.AskAsync(Messages.List));

        Limit(K1);

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K2)));
        Assert.Equal(Messages.Keys(K1), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_key_is_denied_at_its_signature_and_all_others_sign()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1, K2));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Key = FingerprintOf(K2) }, 1) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys(K1, K2), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K2)));
        Assert.Equal(Messages.Signature($"{K1},{K2}"), await client.AskAsync(Messages.Sign(K1)));
    }

    /// <summary>Its data can be anything: it may be the login that the rule is about.</summary>
    [Fact]
    public async Task A_signature_that_cannot_be_read_is_denied_by_a_rule_about_signatures()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { User = "root" }, 1) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K1)));
    }

    /// <summary>ssh-agent takes other spellings for the key that it has.</summary>
    [Fact]
    public async Task A_key_in_an_unusual_spelling_may_be_the_one_that_is_denied()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1, "RSA"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Key = FingerprintOf(K2) }, 1) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("RSA")));
        Assert.Equal(Messages.Signature($"{K1},RSA"), await client.AskAsync(Messages.Sign(K1)));
    }

    [Fact]
    public async Task Who_sees_only_some_keys_changes_none()
    {
        FakeAgent agent = stage.AddWithKeys("agent", K1, K2);
        await stage.ConfigureAsync(agent);
        Limit(K1);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Lock("mine")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Add("secret")));
        Assert.Empty(agent.Received);
    }

    /// <summary>A daemon that has handed over goes on with its conversations: nobody tells it of new rules.</summary>
    [Fact]
    public async Task After_a_handover_the_rules_are_read_again_for_each_signature()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", K1));
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys(K1), await client.AskAsync(Messages.List));
        stage.Planner.Options.Renew = () =>
        {
            Limit();
            return ValueTask.CompletedTask;
        };

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K1)));
    }

    /// <summary>Another program can replay the bind of a genuine login, and then ask for anything.</summary>
    [Fact]
    public async Task An_agent_that_a_rule_chooses_for_a_server_signs_for_no_other()
    {
        FakeAgent card = stage.Add("card", frame => Messages.KindOf(frame) switch
        {
            RequestKind.List => Messages.Keys(K2),
            RequestKind.Sign => Messages.Signature("card"),
            _ => Messages.Success,
        });
        await stage.ConfigureAsync(stage.AddWithKeys("leader", K1), card);
        Assert.True(SessionBind.TryRead(Corpus.Message("OpenSSH_9.2p1/req-login-1"), out SessionBind bind));
        string server = KeyFingerprint.Of(bind.HostKey);
        stage.Planner.Options.Fallback = FallbackMode.None;
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Host = server }, 1) { Use = AgentChoice.Parse("card") }];
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Success, await client.AskAsync(Corpus.Frame("OpenSSH_9.2p1/req-login-1")));
        Assert.Equal(Messages.Keys(K2), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("card"), await client.AskAsync(Corpus.Frame("OpenSSH_9.2p1/req-login-3")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign(K2)));
        Assert.Equal(Messages.Failure, await client.AskAsync(Corpus.Frame("OpenSSH_9.2p1/req-login-rsa-3")));
    }

    private static string FingerprintOf(string key) => KeyFingerprint.Of(Encoding.ASCII.GetBytes(key));

    private void Limit(params string[] keys) =>
        stage.Planner.Options.Rules = [new PolicyRule(Always, 1) { Keys = new KeyChoice([.. keys.Select(FingerprintOf)]) }];
}
