using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Tests.Relay;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

public sealed class AgentConnectorTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly AgentRegistry registry;
    private readonly AgentConnector connector;

    public AgentConnectorTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
        registry = new AgentRegistry(worker, CurrentProcess.Uid, time);
        connector = new AgentConnector(thread.Loop, worker, registry, CurrentProcess.Uid);
    }

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_live_agent_is_connected_to_and_its_listener_known(bool mayBlock)
    {
        using var fake = FakeAgent.WithKeys(folder["agent"], "k1");
        Agent agent = Describe("agent", mayBlock);
        Assert.Equal(ConnectOutcome.Connected, await ConnectAsync(agent));
        Assert.Equal(CurrentProcess.Uid, agent.Listener?.Uid);
        Assert.NotEqual(CurrentProcess.Pid, agent.Listener?.Pid);
        Assert.True(agent.IsUsable);
    }

    [Fact]
    public async Task A_listener_of_another_user_is_refused_before_a_byte_is_sent()
    {
        using var stranger = new FakeAgent(folder["agent"], FakeAgent.Holding("stolen"), uid: 65534);
        Agent agent = Describe("agent");
        Assert.Equal(ConnectOutcome.Refused, await ConnectAsync(agent));
        Assert.Equal(Refusal.ListenerOfAnotherUser, agent.Refusal);
        await stranger.NextEndAsync();
        Assert.Empty(stranger.Received);
        Assert.Equal(0, stranger.Traces);
    }

    [Fact]
    public async Task A_socket_at_which_we_listen_ourselves_is_refused()
    {
        int listening = UnixListener.Bind(folder["agent"]);
        Agent agent = Describe("agent");
        Assert.Equal(ConnectOutcome.Refused, await ConnectAsync(agent));
        Assert.Equal(Refusal.Ourselves, agent.Refusal);
        _ = LibC.close(listening);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_socket_that_nobody_listens_at_is_dead_for_good(bool mayBlock)
    {
        folder.Bind("agent");
        Agent agent = Describe("agent", mayBlock);
        time.Advance(TimeSpan.FromSeconds(2)); // too old to be between bind() and listen()
        Assert.Equal(ConnectOutcome.Dead, await ConnectAsync(agent));
        Assert.True(agent.IsDead);
        Assert.Equal(ConnectOutcome.Dead, await ConnectAsync(Gone()));
    }

    /// <summary>Its folder may have been looked at a quarter of a second ago: whoever listens there now has not been examined.</summary>
    [Fact]
    public async Task A_socket_that_another_one_has_taken_the_path_of_is_dead_and_the_other_one_hears_nothing()
    {
        folder.Bind("agent");
        Agent agent = Describe("agent", isCheckedAtUse: true);
        File.Delete(folder["agent"]);
        using var other = FakeAgent.WithKeys(folder["agent"], "k1");
        Assert.Equal(ConnectOutcome.Dead, await ConnectAsync(agent));
        Assert.True(agent.IsDead);
        Assert.Null(agent.Listener);
    }

    /// <summary>As people do who lend their agent to another user: chmod, setfacl.</summary>
    [Fact]
    public async Task A_socket_whose_rights_were_changed_is_still_the_same()
    {
        folder.Make("ssh-AAAAAAAAAA");
        using var fake = FakeAgent.WithKeys(folder["ssh-AAAAAAAAAA/agent.1"], "k1");
        time.Advance(TimeSpan.FromSeconds(1)); // the folder is not read again only because it was just made
        Agent agent = await thread.RunAsync(async ValueTask<Agent> () =>
        {
            registry.Configure([folder.Path], []);
            await registry.RefreshAsync();
            return Assert.Single(registry.Agents);
        });
        Assert.Equal(ConnectOutcome.Connected, await ConnectAsync(agent));

        Assert.Equal(0, LibC.chmod(agent.Path, 0x190)); // 0620
        Assert.Equal(0, FileStatus.TryRead(agent.Path, out FileStatus status));
        Assert.False(agent.IsAt(status));
        Assert.Equal(ConnectOutcome.Connected, await ConnectAsync(agent));
        Assert.True(agent.IsUsable);
    }

    [Fact]
    public async Task A_young_socket_that_refuses_gets_the_time_to_listen()
    {
        int bound = BoundSocket.Make(folder["agent"]);
        Agent agent = Describe("agent");
        Task<ConnectOutcome> connect = ConnectAsync(agent);
        await thread.TurnAsync();
        Assert.False(connect.IsCompleted);

        using var fake = new FakeAgent(folder["agent"], FakeAgent.Holding("k1"), FakeAgent.ListenThroughPuppet(bound));
        time.Advance(TimeSpan.FromMilliseconds(5));
        await thread.TurnAsync();
        Assert.Equal(ConnectOutcome.Connected, await connect);
    }

    [Fact]
    public async Task A_young_socket_at_which_nobody_ever_listens_is_dead_in_the_end()
    {
        folder.Bind("agent");
        Task<ConnectOutcome> connect = ConnectAsync(Describe("agent"));
        foreach (int pause in (int[])[5, 20, 100])
        {
            await thread.TurnAsync();
            Assert.False(connect.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(pause));
            await thread.TurnAsync();
        }

        Assert.Equal(ConnectOutcome.Dead, await connect);
    }

    [Fact]
    public async Task An_agent_with_a_full_backlog_is_late_not_dead_and_connected_to_once_there_is_room()
    {
        using var busy = new FullBacklog(folder["agent"]);
        Agent agent = Describe("agent");
        Task<ConnectOutcome> connect = ConnectAsync(agent);
        await PassAsync(TimeSpan.FromMilliseconds(499));
        Assert.False(connect.IsCompleted);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.Equal(ConnectOutcome.Late, await connect);
        Assert.True(agent.IsUsable);

        connect = ConnectAsync(agent);
        await thread.TurnAsync();
        busy.MakeRoom();
        await PassAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(ConnectOutcome.Connected, await connect);
    }

    [Fact]
    public async Task A_crowd_before_a_full_backlog_gets_in_one_after_another_as_long_as_the_agent_accepts()
    {
        using var busy = new FullBacklog(folder["agent"]);
        Agent agent = Describe("agent");
        Task<ConnectOutcome>[] crowd = [.. Enumerable.Range(0, 5).Select(_ => ConnectAsync(agent))];
        for (int inside = 1; inside <= crowd.Length; inside++)
        {
            await PassAsync(TimeSpan.FromMilliseconds(400));
            Assert.Equal(inside - 1, crowd.Count(connect => connect.IsCompleted));
            busy.MakeRoom();
            await PassAsync(TimeSpan.FromMilliseconds(5));
            Assert.Equal(ConnectOutcome.Connected, await crowd[inside - 1]);
        }
    }

    [Fact]
    public async Task When_it_accepts_nobody_any_more_the_crowd_gives_up()
    {
        using var busy = new FullBacklog(folder["agent"]);
        Agent agent = Describe("agent");
        Task<ConnectOutcome>[] crowd = [.. Enumerable.Range(0, 3).Select(_ => ConnectAsync(agent))];
        await PassAsync(TimeSpan.FromMilliseconds(400));
        busy.MakeRoom();
        await PassAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(ConnectOutcome.Connected, await crowd[0]);
        await PassAsync(TimeSpan.FromMilliseconds(499));
        Assert.False(crowd[1].IsCompleted);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        Assert.Equal([ConnectOutcome.Late, ConnectOutcome.Late], await Task.WhenAll(crowd[1..]));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_before_one_that_is_busy()
    {
        using var busy = new FullBacklog(folder["agent"]);
        Agent agent = Describe("agent");
        Task<ConnectOutcome>[] crowd = [.. Enumerable.Range(0, 100).Select(_ => ConnectAsync(agent))];
        int inside = 0;
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(29); passed += TimeSpan.FromMilliseconds(400))
        {
            await PassAsync(TimeSpan.FromMilliseconds(395));
            busy.MakeRoom();
            await PassAsync(TimeSpan.FromMilliseconds(5));
            Assert.Equal(ConnectOutcome.Connected, await crowd[inside++]);
        }

        Assert.False(crowd[inside].IsCompleted);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(ConnectOutcome.Connected, await Task.WhenAll(crowd[inside..]));
    }

    [Fact]
    public async Task Who_is_not_wanted_any_more_leaves_and_the_next_moves_up()
    {
        using var busy = new FullBacklog(folder["agent"]);
        Agent agent = Describe("agent");
        using var hungUp = new CancellationTokenSource();
        Task<ConnectOutcome> first = ConnectAsync(agent, hungUp.Token);
        Task<ConnectOutcome> second = ConnectAsync(agent, hungUp.Token);
        Task<ConnectOutcome> third = ConnectAsync(agent);
        await thread.TurnAsync();
        await thread.RunAsync(hungUp.Cancel);
        Assert.Equal([ConnectOutcome.Late, ConnectOutcome.Late], await Task.WhenAll(first, second));
        busy.MakeRoom();
        await PassAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(ConnectOutcome.Connected, await third);
    }

    private async Task PassAsync(TimeSpan span)
    {
        await thread.TurnAsync();
        time.Advance(span);
        await thread.TurnAsync();
        await thread.TurnAsync();
    }

    private Agent Describe(string name, bool mayBlock = false, bool isCheckedAtUse = false)
    {
        Assert.Equal(0, FileStatus.TryRead(folder[name], out FileStatus status));
        return new Agent
        {
            Path = folder[name],
            Source = AgentSource.Forwarded,
            Identity = status.Identity,
            Created = isCheckedAtUse ? status.Changed : time.GetUtcNow(),
            MayBlock = mayBlock,
            IsCheckedAtUse = isCheckedAtUse,
        };
    }

    private Agent Gone() => new() { Path = folder["gone"], Source = AgentSource.Forwarded, Identity = default, Created = default };

    private Task<ConnectOutcome> ConnectAsync(Agent agent, CancellationToken ended = default) => thread.RunAsync(async ValueTask<ConnectOutcome> () =>
    {
        (ConnectOutcome outcome, UnixStream? stream) = await connector.ConnectAsync(agent, ended);
        Assert.Equal(outcome == ConnectOutcome.Connected, stream is not null);
        stream?.Dispose();
        return outcome;
    });
}
