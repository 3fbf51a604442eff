using System.Net.Sockets;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Policy;
using Fairlead.Handlers;
using Fairlead.Tests.Relay;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Handlers;

/// <summary>A process that waits before it asks for any keys. The clock is the test's.</summary>
public sealed class WaitHandlerTests : IDisposable
{
    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));

    private Socket? command;

    public void Dispose()
    {
        command?.Dispose();
        stage.Dispose();
    }

    [Fact]
    public async Task An_agent_with_keys_is_an_answer_at_once()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));

        Assert.True((await WaitAsync(null)).Answered);
    }

    [Fact]
    public async Task An_agent_that_is_only_likely_to_be_the_persons_is_none_before_it_has_keys()
    {
        string[] keys = [];
        await stage.ConfigureAsync(stage.Add("agent", frame => FakeAgent.Holding(keys)(frame)));
        Task<WaitReport> waiting = WaitAsync(null);
        await stage.HeldAsync(1);
        Assert.False(waiting.IsCompleted);

        keys = ["k1"];
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Add("k1")));
        Assert.True((await waiting).Answered);
    }

    [Fact]
    public async Task While_an_agent_without_keys_is_there_it_is_asked_again()
    {
        string[] keys = [];
        await stage.ConfigureAsync(stage.Add("agent", frame => FakeAgent.Holding(keys)(frame)));
        Task<WaitReport> waiting = WaitAsync(null);
        await stage.HeldAsync(1);

        keys = ["k1"];
        await stage.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.True((await waiting).Answered);
    }

    [Fact]
    public async Task Whoever_wants_to_know_is_told_that_there_are_no_keys()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent"));

        Assert.Equal(new WaitReport { Answered = false, Empty = "agent" }, await WaitAsync(null, tellsEmpty: true));
    }

    [Fact]
    public async Task When_the_time_is_over_nobody_has_answered()
    {
        await stage.ConfigureAsync(stage.Folder["nobody"]);
        Task<WaitReport> waiting = WaitAsync(TimeSpan.FromHours(8));
        await stage.HeldAsync(1);
        await stage.AdvanceAsync(TimeSpan.FromHours(8));

        Assert.Equal(new WaitReport { Answered = false }, await waiting);
        await stage.HeldAsync(0);
    }

    [Fact]
    public async Task A_silent_agent_does_not_make_it_longer()
    {
        FakeAgent silent = stage.Add("silent", _ => FakeReply.Nothing);
        await stage.ConfigureAsync(silent);
        Task<WaitReport> waiting = WaitAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(Messages.List, await silent.NextRequestAsync());
        await stage.AdvanceAsync(TimeSpan.FromMilliseconds(200));

        Assert.False((await waiting).Answered);
    }

    [Fact]
    public async Task Who_is_denied_need_not_wait()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions(), 12) { Use = AgentChoice.None }];

        Assert.StartsWith("denied by a rule in the configuration (line 12", (await WaitAsync(null)).Denied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_no_key_because_of_a_rule_need_not_wait_for_one()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Forwarded = false }, 12) { Keys = new KeyChoice([]) }];

        Assert.Equal("a rule hides every key here (line 12: forwarded = false)", (await WaitAsync(null)).Denied);
    }

    [Fact]
    public async Task Who_hangs_up_does_not_wait_any_more()
    {
        await stage.ConfigureAsync(stage.Folder["nobody"]);
        Task<WaitReport> waiting = WaitAsync(null);
        await stage.HeldAsync(1);
        command!.Dispose();

        Assert.False((await waiting).Answered);
        await stage.HeldAsync(0);
    }

    private Task<WaitReport> WaitAsync(TimeSpan? limit, bool? tellsEmpty = null)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(stage.Folder["control"]));
        listener.Listen();
        int connected = UnixStream.Connect(stage.Folder["control"]);
        command = listener.Accept();
        return stage.Thread.RunAsync(async ValueTask<WaitReport> () =>
        {
            using UnixStream client = UnixStream.Adopt(stage.Thread.Loop, connected);
            var handler = new WaitHandler(stage.Thread.Loop, stage.Planner, stage.Opener, stage.Options, stage.Queue);
            var request = new ControlRequest { Verb = ControlVerb.Wait, Pid = CurrentProcess.Pid, Milliseconds = (long?)limit?.TotalMilliseconds, TellsEmpty = tellsEmpty };
            return (await handler.AnswerAsync(request, client))!.Wait!;
        });
    }
}
