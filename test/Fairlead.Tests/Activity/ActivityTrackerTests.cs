using Fairlead.Core.Activity;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Probing;

namespace Fairlead.Tests.Activity;

/// <summary>The logins that a search found, with a real process that has the name and the title of sshd's.</summary>
public sealed class ActivityTrackerTests : IDisposable
{
    private readonly LoopThread thread = new();
    private readonly BlockingWorker worker;
    private readonly ActivityTracker tracker;

    public ActivityTrackerTests()
    {
        worker = new BlockingWorker(thread.Loop);
        var registry = new AgentRegistry(worker, CurrentProcess.Uid, TimeProvider.System);
        var connector = new AgentConnector(thread.Loop, worker, registry, CurrentProcess.Uid);
        var detector = new LoopDetector(thread.Loop, registry, connector, new ReachReader(worker), new RelayOptions(), RandomName.Create());
        tracker = new RoutePlanner(worker, registry, detector).Activity;
    }

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
    }

    /// <summary>As on a busy machine, where a search takes too long: what was noted of the login would be forgotten, and cannot be learned again.</summary>
    [Fact]
    public async Task A_search_that_fails_forgets_no_login_that_lives()
    {
        using var sshd = Puppet.StartAs("sshd", "$0 = 'sshd: al@notty'");
        Assert.Contains(sshd.Pid, await FindAsync());

        worker.Dispose(); // no question is answered any more
        Assert.Contains(sshd.Pid, await FindAsync());

        sshd.Dispose();
        Assert.DoesNotContain(sshd.Pid, await FindAsync());
    }

    private async Task<IEnumerable<int>> FindAsync()
    {
        IReadOnlyCollection<Login> found = await thread.RunAsync(tracker.FindLoginsAsync);
        return [.. found.Select(login => login.Pid)];
    }
}
