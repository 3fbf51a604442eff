using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>Two hosts with fairlead, each reached from the other with <c>ssh -A</c>: their sockets joined by processes that pass bytes on.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly RelayStage gateway = new("gateway");
    private readonly RelayStage web01 = new("web01");
    private readonly ByteRelay onWeb01;
    private readonly ByteRelay onGateway;

    public LoopTests()
    {
        onWeb01 = new ByteRelay(web01.Folder["from-gateway"], gateway.Socket);
        onGateway = new ByteRelay(gateway.Folder["from-web01"], web01.Socket);
    }

    public void Dispose()
    {
        onGateway.Dispose();
        onWeb01.Dispose();
        gateway.Dispose();
        web01.Dispose();
    }

    [Fact]
    public async Task A_laptop_answers_through_two_hosts()
    {
        await gateway.ConfigureAsync(gateway.AddWithKeys("laptop", "k1"));
        await web01.ConfigureAsync(onWeb01.Path);
        using RelayClient client = web01.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
    }

    [Fact]
    public async Task A_way_out_and_back_ends_in_failure_and_leaves_no_conversation()
    {
        await gateway.ConfigureAsync(onGateway.Path);
        await web01.ConfigureAsync(onWeb01.Path);
        using (RelayClient client = gateway.Connect())
        {
            Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
            Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
            Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Add("secret")));
        }

        await gateway.ConversationsAsync(0);
        await web01.ConversationsAsync(0);
    }

    [Fact]
    public async Task A_way_back_is_no_obstacle_to_the_laptop_behind_it()
    {
        FakeAgent laptop = gateway.AddWithKeys("laptop", "k1");
        await gateway.ConfigureAsync(onGateway.Path, laptop.Path);
        await web01.ConfigureAsync(onWeb01.Path);
        using RelayClient client = gateway.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        using RelayClient further = web01.Connect();
        Assert.Equal(Messages.Keys("k1"), await further.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_circle_that_closes_when_the_laptop_has_left_is_found_then()
    {
        FakeAgent laptop = web01.AddWithKeys("laptop", "k1");
        await web01.ConfigureAsync(laptop.Path, onWeb01.Path);
        await gateway.ConfigureAsync(onGateway.Path);
        using RelayClient client = gateway.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));

        laptop.Dispose();
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        using RelayClient next = web01.Connect();
        Assert.Equal(Messages.Failure, await next.AskAsync(Messages.List));
        client.Dispose();
        next.Dispose();
        await gateway.ConversationsAsync(0);
        await web01.ConversationsAsync(0);
    }

    [Fact]
    public async Task An_agent_that_led_back_is_used_when_a_laptop_is_behind_it()
    {
        await web01.ConfigureAsync(web01.Folder["laptop"], onWeb01.Path);
        await gateway.ConfigureAsync(onGateway.Path);
        using RelayClient client = gateway.Connect();
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));

        web01.AddWithKeys("laptop", "k1");
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task Eight_hosts_are_enough()
    {
        await gateway.ConfigureAsync(gateway.AddWithKeys("laptop", "k1"));
        await web01.ConfigureAsync(onWeb01.Path);
        string[] seven = [.. Enumerable.Range(1, 7).Select(number => $"host{number}")];
        using RelayClient fits = web01.Connect();
        Assert.Equal(TraceExtension.WriteAnswer("web01", leadsBack: false), await fits.AskAsync(TraceExtension.WriteRequest(seven)));
        Assert.Equal(Messages.Keys("k1"), await fits.AskAsync(Messages.List));

        using RelayClient tooFar = web01.Connect();
        await tooFar.AskAsync(TraceExtension.WriteRequest([.. seven, "host8"]));
        Assert.Equal(Messages.Failure, await tooFar.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_conversation_that_came_back_is_not_sent_round_again()
    {
        FakeAgent laptop = gateway.AddWithKeys("laptop", "k1");
        await gateway.ConfigureAsync(laptop);
        using RelayClient client = gateway.Connect();
        Assert.Equal(TraceExtension.WriteAnswer("gateway", leadsBack: true), await client.AskAsync(TraceExtension.WriteRequest(["web01", "gateway"], "token")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Empty(laptop.Received);
    }

    [Fact]
    public async Task The_first_askers_token_is_passed_on()
    {
        var heard = new TaskCompletionSource<byte[]>();
        FakeAgent laptop = gateway.AddWithKeys("laptop", "k1");
        laptop.AnswerToTrace = TraceExtension.WriteAnswer("laptop", leadsBack: false);
        laptop.TraceHeard = frame => heard.TrySetResult(frame);
        await gateway.ConfigureAsync(laptop);
        using RelayClient first = gateway.Connect();
        await first.AskAsync(Messages.List);
        heard = new TaskCompletionSource<byte[]>();

        using RelayClient client = gateway.Connect();
        await client.AskAsync(TraceExtension.WriteRequest(["web01"], "from-web01"));
        byte[] trace = await heard.Task.InTime();
        Assert.True(TraceExtension.TryReadRequest(trace.AsSpan(AgentFrame.HeaderLength), out string[] visited, out string? token));
        Assert.Equal(["web01", "gateway"], visited);
        Assert.Equal("from-web01", token);
    }
}
