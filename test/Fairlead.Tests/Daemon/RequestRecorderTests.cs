using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Policy;
using Fairlead.Daemon;
using Fairlead.Records;
using Fairlead.Tests.Relay;

namespace Fairlead.Tests.Daemon;

/// <summary>What is written down of requests, and that no request waits for it.</summary>
public sealed class RequestRecorderTests : IDisposable
{
    private readonly RelayStage stage = new();
    private readonly BlockingWorker worker;
    private readonly RequestRecorder recorder;

    public RequestRecorderTests()
    {
        worker = new BlockingWorker(stage.Thread.Loop);
        recorder = new RequestRecorder(worker, stage.Feed, stage.Planner);
    }

    private string Log => stage.Folder["requests.log"];

    public void Dispose()
    {
        stage.Dispose();
        worker.Dispose();
    }

    [Fact]
    public async Task Signatures_changes_and_refusals_are_written_down_and_lists_are_not()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1", "k2"));
        await WriteToAsync(Log);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k1"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Under = "no such program" }, 3) { Use = AgentChoice.None }, new PolicyRule(new RuleConditions { Forwarded = false }, 7) { Keys = new KeyChoice([]) }];
        await client.AskAsync(Messages.Sign("k2"));
        await client.AskAsync(Messages.Lock("mine"));

        EventReport[] records = await RecordsAsync(3);
        Assert.Equal(["sign", "sign", "lock"], records.Select(record => record.Request));
        Assert.Equal("answered", records[0].Outcome);
        Assert.Equal(("not-shown", 7), (records[1].Outcome, records[1].Rule));
        Assert.Equal(Environment.ProcessId, records[0].Caller?.Pid);
        Assert.Equal(Environment.CurrentDirectory, records[0].Caller?.Folder);
    }

    [Fact]
    public async Task A_list_that_a_rule_denies_is_a_refusal()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        await WriteToAsync(Log);
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Forwarded = false }, 5) { Use = AgentChoice.None }];
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);

        EventReport record = Assert.Single(await RecordsAsync(1));
        Assert.Equal(("list", "denied", 5), (record.Request, record.Outcome, record.Rule));
    }

    [Fact]
    public async Task What_could_not_be_written_is_counted_and_stops_nothing()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        await WriteToAsync(stage.Folder["none/requests.log"]);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        await UntilAsync(() => recorder is { Trouble: -Errno.ENOENT, Lost: 1 });
        stage.Folder.Make("none");
        await client.AskAsync(Messages.Sign("k1"));
        await UntilAsync(() => File.Exists(stage.Folder["none/requests.log"]));

        Assert.Equal(1, recorder.Lost);
        await WriteToAsync(Log);
        Assert.Equal((0, 0), (recorder.Trouble, recorder.Lost));
    }

    [Fact]
    public async Task Where_nothing_is_written_down_nothing_is_looked_at()
    {
        await WriteToAsync(Log);
        Assert.True(stage.Feed.IsWatched);
        await stage.Thread.RunAsync(() => recorder.Target = null);
        Assert.False(stage.Feed.IsWatched);
    }

    private Task WriteToAsync(string file) => stage.Thread.RunAsync(() =>
    {
        recorder.Target = new RecordTarget(file);
    });

    private async Task<EventReport[]> RecordsAsync(int count)
    {
        EventReport[] records = [];
        await UntilAsync(() => (records = [.. new RecordTarget(Log).Read(null, 0)!]).Length >= count);
        return records;
    }

    private async Task UntilAsync(Func<bool> isTrue)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!isTrue())
        {
            late.Token.ThrowIfCancellationRequested();
            await stage.Thread.RunAsync(() => { }); // a turn of the loop
        }
    }
}
