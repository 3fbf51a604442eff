using System.Net.Sockets;
using System.Text.Json;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Core.Watching;
using Fairlead.Handlers;
using Fairlead.Tests.Relay;

namespace Fairlead.Tests.Handlers;

/// <summary>Who watches, at the other end of a real connection.</summary>
public sealed class EventsHandlerTests : IDisposable
{
    private readonly RelayStage stage = new();
    private readonly EventsHandler handler;
    private int subscribed;

    public EventsHandlerTests() => handler = new EventsHandler(stage.Thread.Loop, stage.Feed, stage.Planner);

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task Each_who_watches_is_told_of_each_request()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        using StreamReader first = await WatchAsync();
        using StreamReader second = await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k1"));

        foreach (StreamReader watcher in new[] { first, second })
        {
            EventReport list = await NextAsync(watcher);
            Assert.Equal(("request", "list", "answered", 1, "agent"), (list.Event, list.Request, list.Outcome, list.Keys, list.Agent));
            EventReport sign = await NextAsync(watcher);
            Assert.Equal(("sign", "comment", "local"), (sign.Request, sign.Key?.Comment, sign.Reason));
        }
    }

    [Fact]
    public async Task Of_an_agent_beside_which_there_is_no_other_no_reason_is_made_up()
    {
        stage.Folder.Make("ssh-AbCdEfGhIj");
        stage.AddWithKeys("ssh-AbCdEfGhIj/agent.4711", "k1");
        await stage.ConfigureFoldersAsync(stage.Folder.Path);
        using StreamReader watcher = await WatchAsync();
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));

        Assert.Equal(EventReport.OnlyReason, (await NextAsync(watcher)).Reason);
    }

    [Fact]
    public async Task Who_hangs_up_is_told_nothing_more_and_the_last_one_ends_the_watching()
    {
        using StreamReader stays = await WatchAsync();
        StreamReader goes = await WatchAsync();
        goes.Dispose();
        await SubscribersAsync(1);
        Assert.NotNull(stage.Feed.Published);
        stays.Dispose();
        await SubscribersAsync(0);
        Assert.Null(stage.Feed.Published);
    }

    [Fact]
    public async Task Who_does_not_read_is_dropped_and_costs_nobody_an_answer()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        using StreamReader idle = await WatchAsync();
        var record = new RequestRecord(new CallerSketch(1), "list", RequestOutcome.NoAgent, DateTimeOffset.UnixEpoch);
        using var late = new CancellationTokenSource(Deadline.Length);
        while (await stage.Thread.RunAsync(() => handler.Subscribers) > 0)
        {
            late.Token.ThrowIfCancellationRequested();
            await stage.Thread.RunAsync(() => TellOften(record));
        }

        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        while (await idle.ReadLineAsync().InTime() is not null)
        {
            // What the kernel had taken for it is still there; then comes the end.
        }
    }

    [Fact]
    public async Task Of_requests_that_come_too_fast_the_number_is_told()
    {
        using StreamReader watcher = await WatchAsync();
        var record = new RequestRecord(new CallerSketch(1), "list", RequestOutcome.NoAgent, DateTimeOffset.UnixEpoch);
        await stage.Thread.RunAsync(() =>
        {
            for (int i = 0; i < EventsHandler.Capacity + 5; i++)
            {
                stage.Feed.Published!(record);
            }
        });

        EventReport next;
        int told = 0;
        while ((next = await NextAsync(watcher)).Event == EventReport.RequestKind)
        {
            told++;
        }

        Assert.Equal((EventReport.MissedKind, EventsHandler.Capacity + 5), (next.Event, told + next.Count));
    }

    [Fact]
    public async Task After_a_description_that_failed_the_next_request_is_told()
    {
        stage.Folder.Make("ssh-AbCdEfGhIj");
        stage.AddWithKeys("ssh-AbCdEfGhIj/agent.4711", "k1");
        await stage.ConfigureFoldersAsync(stage.Folder.Path);
        using StreamReader watcher = await WatchAsync();
        var record = new RequestRecord(new CallerSketch(1), "list", RequestOutcome.NoAgent, DateTimeOffset.UnixEpoch);
        await stage.Thread.RunAsync(() =>
        {
            stage.Planner.Options.Laptops = null!;
            for (int i = 0; i < EventsHandler.Capacity; i++)
            {
                stage.Feed.Published!(record);
            }
        });
        await stage.Thread.TurnAsync();
        Assert.True(stage.Thread.Faults.TryDequeue(out _));

        await stage.Thread.RunAsync(() =>
        {
            stage.Planner.Options.Laptops = [];
            stage.Feed.Published!(record);
        });

        Assert.Equal("list", (await NextAsync(watcher)).Request);
    }

    [Fact]
    public async Task When_another_daemon_takes_over_all_are_hung_up_on()
    {
        using StreamReader first = await WatchAsync();
        using StreamReader second = await WatchAsync();
        await stage.Thread.RunAsync(handler.EndAll);

        Assert.Null(await first.ReadLineAsync().InTime());
        Assert.Null(await second.ReadLineAsync().InTime());
        await SubscribersAsync(0);
    }

    private void TellOften(RequestRecord record)
    {
        for (int i = 0; i < EventsHandler.Capacity / 2; i++)
        {
            stage.Feed.Published?.Invoke(record);
        }
    }

    private async Task SubscribersAsync(int count)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (await stage.Thread.RunAsync(() => handler.Subscribers) != count)
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Subscribed, and told so.</summary>
    private async Task<StreamReader> WatchAsync()
    {
        string path = stage.Folder[$"control{subscribed++}"];
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        int connected = UnixStream.Connect(path);
        var reader = new StreamReader(new NetworkStream(listener.Accept(), ownsSocket: true));
        await stage.Thread.RunAsync(() => stage.Thread.Loop.Observe(StreamAsync(connected)));
        Assert.Equal("{}", await reader.ReadLineAsync().InTime());
        return reader;
    }

    private async Task StreamAsync(int connected)
    {
        using UnixStream client = UnixStream.Adopt(stage.Thread.Loop, connected);
        await handler.AnswerAsync(new ControlRequest { Verb = ControlVerb.Events }, client);
    }

    private static async Task<EventReport> NextAsync(StreamReader watcher) =>
        JsonSerializer.Deserialize((await watcher.ReadLineAsync().InTime())!, ControlJson.Default.ControlReply)!.Event!;
}
