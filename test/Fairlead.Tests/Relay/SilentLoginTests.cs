using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>
/// The agent of the caller's own login is asked before it is known who else there is. When it is silent, that is found out in time. The clock is the
/// test's, the logins are real processes.
/// </summary>
public sealed class SilentLoginTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(1500);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly TaskCompletionSource awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoginPuppet asleep = null!;
    private LoginPuppet other = null!;
    private bool sleeps;

    public async ValueTask InitializeAsync()
    {
        await stage.ConfigureFoldersAsync(stage.Folder.Path);
        asleep = Login("asleep", frame => sleeps ? new FakeReply(Messages.Keys("late")) { After = awake.Task } : FakeAgent.Holding("k1")(frame));
        other = Login("other", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Keys("k1"), await asleep.Caller.AskAsync(Messages.List));
        await asleep.Agent.NextRequestAsync();
    }

    public ValueTask DisposeAsync()
    {
        awake.TrySetResult();
        asleep.Dispose();
        other.Dispose();
        stage.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_others_are_asked_when_its_time_is_up()
    {
        await AskTheSleeperAsync();
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Keys("k2"), await asleep.Caller.ReceiveAsync());
    }

    [Fact]
    public async Task One_that_has_listed_before_is_asked_beside_it()
    {
        Assert.Equal(Messages.Keys("k2"), await other.Caller.AskAsync(Messages.List));
        await other.Agent.NextRequestAsync();
        await AskTheSleeperAsync();
        await stage.AdvanceAsync(Step);
        Assert.Equal(Messages.List, await other.Agent.NextRequestAsync());
        awake.SetResult();
        Assert.Equal(Messages.Keys("late"), await asleep.Caller.ReceiveAsync()); // it was in time, and leads
    }

    private async Task AskTheSleeperAsync()
    {
        sleeps = true;
        await asleep.Caller.SendAsync(Messages.List);
        await asleep.Agent.NextRequestAsync();
    }

    private LoginPuppet Login(string name, Func<byte[], FakeReply> answer) =>
        new(stage.Folder[$"s.host.sshd.{name}"], answer, "sshd: al@notty", stage.Socket);
}
