using Fairlead.Core.Linux.Files;
using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>A listing that no live agent answers is held until one comes, or until its time is over. The clock is the test's: news come without it.</summary>
public sealed class WaiterTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly TaskCompletionSource awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        awake.TrySetResult();
        stage.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_answered_by_the_agent_that_comes(bool isForwarded)
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        using RelayClient client = stage.Connect();
        if (isForwarded)
        {
            await client.AskAsync(Messages.Bind(1, isForwarding: true));
        }

        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        Arrive("ssh-AbCdEfGhIj/agent.4711");

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
        await stage.HeldAsync(0);
    }

    [Theory]
    [InlineData("s.hash.sshd.random")]
    [InlineData("configured")]
    public async Task It_is_answered_wherever_the_agent_comes(string name)
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        Arrive(name);

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_folder_that_was_not_there_is_watched_as_it_comes()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        await stage.ConfigureFoldersAsync(stage.Folder["home/.ssh/agent"]);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        stage.Folder.Make("home/.ssh/agent");
        Arrive("home/.ssh/agent/s.hash.sshd.random");

        // The folders came faster than they were watched: then a moment later counts, too.
        await stage.AdvanceAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_login_that_registers_its_agent_is_noticed_without_any_watch()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        await stage.ConfigureFoldersAsync();
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        FakeAgent agent = stage.AddWithKeys("registered", "k1");
        await stage.Thread.RunAsync(() =>
        {
            stage.Registry.Register(agent.Path, PathDescriptor.Open(agent.Path), refusal: null, registrant: 17);
            stage.Arrivals.NoteLogin();
        });

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task It_is_answered_as_soon_as_a_silent_agent_answers_again()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        FakeAgent laptop = stage.Add("laptop", frame => FakeAgent.Holding("k1")(frame) with { After = awake.Task });
        await stage.ConfigureAsync(laptop);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        Assert.Equal(Messages.List, await laptop.NextRequestAsync());
        await stage.AdvanceAsync(new AgentTimeouts().Answer);
        await stage.HeldAsync(1);
        awake.SetResult();

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task When_its_time_is_over_the_answer_is_failure()
    {
        await ConfigureAsync(TimeSpan.FromMinutes(10));
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        await stage.AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await stage.HeldAsync(1);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_a_conversation_of_an_ssh_that_has_connected_its_time_is_bounded(bool isForwarding)
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        using RelayClient ssh = stage.Connect();
        await ssh.AskAsync(Messages.Bind(1, isForwarding));
        await ssh.SendAsync(Messages.List);
        using RelayClient signing = stage.Connect();
        await signing.SendAsync(Messages.List);
        await stage.HeldAsync(2);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(90));

        Assert.Equal(Messages.Failure, await ssh.ReceiveAsync());
        await stage.HeldAsync(1);
    }

    [Fact]
    public async Task A_caller_says_for_itself_how_long()
    {
        await ConfigureAsync(TimeSpan.Zero);
        string connect = "open(C, '+<&=3'); connect(C, pack_sockaddr_un($ARGV[0])) or die; print \"connected\\n\"; <STDIN>;";
        int socket = BoundSocket.MakeUnbound();
        using Puppet caller = Puppet.Start(connect, [stage.Socket], [socket], environment: ["FAIRLEAD_WAIT=60s"]);
        Assert.Equal("connected", caller.Hear());
        using var client = new RelayClient(socket);
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        Arrive("ssh-AbCdEfGhIj/agent.4711");

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_it_and_the_watching_with_it()
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        using RelayClient stays = stage.Connect();
        await stays.SendAsync(Messages.List);
        using (RelayClient goes = stage.Connect())
        {
            await goes.SendAsync(Messages.List);
            await stage.HeldAsync(2);
            Assert.NotEqual(0, await WatchedAsync());
        }

        await stage.ConversationsAsync(1);
        await stage.HeldAsync(1);
        stays.Dispose();
        await stage.ConversationsAsync(0);
        await stage.HeldAsync(0);
        Assert.Equal(0, await WatchedAsync());
    }

    [Fact]
    public async Task Nothing_is_watched_while_nobody_is_held()
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        Arrive("configured");
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(0, await WatchedAsync());
    }

    [Fact]
    public async Task Nothing_but_a_listing_is_held()
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Add("secret")));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
    }

    [Fact]
    public async Task An_agent_that_refuses_has_answered()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        await stage.ConfigureAsync(stage.Add("refuses", _ => Messages.Failure));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task Who_is_denied_is_told_at_once()
    {
        await ConfigureAsync(TimeSpan.FromHours(8));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions(), 1) { Use = AgentChoice.None }];
        Arrive("configured");
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task For_a_moment_after_an_agents_end_the_next_one_is_waited_for()
    {
        FakeAgent first = stage.AddWithKeys("first", "k1");
        await stage.ConfigureAsync(first.Path, stage.Folder["second"]);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        File.Delete(first.Path);
        first.Dispose();

        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        await stage.AdvanceAsync(Soon);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task For_a_moment_after_a_logins_start_its_agent_is_waited_for()
    {
        await ConfigureAsync(TimeSpan.Zero);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        await stage.Thread.RunAsync(stage.Arrivals.NoteLogin);
        await client.SendAsync(Messages.List);
        await stage.HeldAsync(1);
        Arrive("configured");

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Another_configuration_with_the_same_agents_is_no_end_of_any()
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        await stage.ConfigureAsync(agent);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));

        Assert.Equal(TimeSpan.Zero, await stage.Thread.RunAsync(() => stage.Arrivals.Expected));
    }

    /// <summary>A discovery folder, a configured socket in it that is not there yet, and this wait.</summary>
    private Task ConfigureAsync(TimeSpan wait)
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = wait };
        return stage.Thread.RunAsync(() => stage.Registry.Configure([stage.Folder.Path], [("configured", stage.Folder["configured"])]));
    }

    /// <summary>An agent that listens already takes its place: what comes of it does not depend on when it is looked at.</summary>
    private void Arrive(string name)
    {
        using var aside = new TempFolder();
        stage.Add(new FakeAgent(aside["agent"], FakeAgent.Holding("k1")));
        if (name.StartsWith("ssh-", StringComparison.Ordinal))
        {
            stage.Folder.Make(Path.GetDirectoryName(name)!);
        }

        File.Move(aside["agent"], stage.Folder[name]);
    }

    private Task<int> WatchedAsync() => stage.Thread.RunAsync(() => stage.Arrivals.Watched);
}
