using Fairlead.Core.Callers;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Relay;

/// <summary>Who asks decides who answers: logins as real processes.</summary>
public sealed class OwnLoginTests : IAsyncLifetime
{
    private readonly RelayStage stage = new();

    public async ValueTask InitializeAsync() => await stage.ConfigureFoldersAsync(stage.Folder.Path);

    public ValueTask DisposeAsync()
    {
        stage.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_caller_is_answered_by_the_agent_of_its_own_login()
    {
        using LoginPuppet home = Login("home", FakeAgent.Holding("k1"));
        using LoginPuppet work = Login("work", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Keys("k1"), await home.Caller.AskAsync(Messages.List));
        Assert.Equal(Messages.Keys("k2"), await work.Caller.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1"), await home.Caller.AskAsync(Messages.Sign("k1")));
    }

    [Fact]
    public async Task An_own_login_without_keys_is_an_answer()
    {
        using LoginPuppet home = Login("home", FakeAgent.Holding());
        using LoginPuppet work = Login("work", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Keys(), await home.Caller.AskAsync(Messages.List));
        Assert.Empty(work.Agent.Received);
    }

    [Fact]
    public async Task Below_a_multiplexer_its_login_is_one_among_others()
    {
        using LoginPuppet home = Login("home", FakeAgent.Holding("k1"), title: "no sshd", between: "tmux: server");
        using LoginPuppet work = Login("work", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Keys("k2"), await home.Caller.AskAsync(Messages.List)); // of these two, the one that sshd vouches for
    }

    [Fact]
    public async Task An_own_login_whose_agent_ends_leaves_the_listing_to_the_others()
    {
        using LoginPuppet home = Login("home", _ => FakeReply.EndOfFile);
        using LoginPuppet work = Login("work", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Keys("k2"), await home.Caller.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_change_goes_to_the_own_login_or_nowhere()
    {
        using LoginPuppet home = Login("home", _ => FakeReply.EndOfFile);
        using LoginPuppet work = Login("work", FakeAgent.Holding("k2"));
        Assert.Equal(Messages.Failure, await home.Caller.AskAsync(Messages.Add("secret")));
        Assert.Equal([Messages.Add("secret")], home.Agent.Received);
        Assert.Empty(work.Agent.Received);
    }

    [Fact]
    public async Task The_route_names_logins_and_reasons_when_they_are_wanted()
    {
        using LoginPuppet home = Login("home", FakeAgent.Holding("k1"));
        RoutePlan plan = await stage.Thread.RunAsync(() => stage.Planner.PlanAsync(new CallerIdentity(home.Pid, ulong.MaxValue, WantsReasons: true)));
        RouteStep step = Assert.Single(plan.Route.Steps);
        Assert.Equal((RouteReason.OwnLogin, home.Pid, "al"), (step.Reason, step.Login?.Pid, step.Login?.User));
    }

    private LoginPuppet Login(string name, Func<byte[], FakeReply> answer, string title = "sshd: al@notty", string? between = null) =>
        new(stage.Folder[$"s.host.sshd.{name}"], answer, title, stage.Socket, between);
}
