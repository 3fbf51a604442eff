using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.StalePaths;

namespace Fairlead.Tests.StalePaths;

/// <summary>Which processes name an agent's path, on real processes.</summary>
public sealed class NamedPathsTests : IDisposable
{
    private const string Wait = "print \"here\\n\"; <STDIN>;";
    private const uint Stranger = 4242;

    private readonly LoopThread thread = new();
    private readonly BlockingWorker worker;
    private readonly string path = $"/nowhere/{Guid.NewGuid():N}";

    public NamedPathsTests() => worker = new BlockingWorker(thread.Loop);

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Of_several_processes_that_name_a_path_the_oldest_stands_for_it()
    {
        using Puppet first = Start($"SSH_AUTH_SOCK={path}");
        using Puppet second = Start($"SSH_AUTH_SOCK={path}");
        (IReadOnlyDictionary<string, NamingProcess> found, bool isComplete) = await ReadAsync();
        Assert.True(isComplete);
        NamingProcess named = Assert.Single(found).Value;
        Assert.Equal((path, true), (named.Path, named.Pid == first.Pid || named.Pid == second.Pid));
        Assert.True(ProcessStat.TryRead(first.Pid, out ProcessStat stat));
        Assert.Equal(stat.Started, named.Started);
    }

    [Fact]
    public async Task Another_user_s_processes_are_not_asked()
    {
        using var theirs = Puppet.Start(Wait, [], [], Stranger, [$"SSH_AUTH_SOCK={path}"]);
        Assert.Equal("here", theirs.Hear());
        Assert.Empty((await ReadAsync()).Processes);
    }

    /// <summary>Whoever starts su or sudo writes its environment: root's daemon would do a stranger's bidding.</summary>
    [Fact]
    public async Task A_set_uid_program_that_a_stranger_runs_is_not_asked()
    {
        using var theirs = Puppet.Start($"$< = {Stranger};{Wait}", [], [], environment: [$"SSH_AUTH_SOCK={path}"]);
        Assert.Equal("here", theirs.Hear());
        Assert.Equal(0u, OldPathScene.StatusOf($"/proc/{theirs.Pid}").Uid);
        Assert.Empty((await ReadAsync()).Processes);
    }

    [Fact]
    public async Task A_long_environment_is_read_to_its_end()
    {
        string[] environment = [.. Enumerable.Range(0, 60).Select(i => $"FILLER{i}={new string('x', 500)}"), $"SSH_AUTH_SOCK={path}"];
        using Puppet puppet = Start(environment);
        Assert.Single((await ReadAsync()).Processes);
    }

    private static Puppet Start(params string[] environment)
    {
        var puppet = Puppet.Start(Wait, [], [], environment: environment);
        Assert.Equal("here", puppet.Hear());
        return puppet;
    }

    private Task<(IReadOnlyDictionary<string, NamingProcess> Processes, bool IsComplete)> ReadAsync() =>
        thread.RunAsync(() => new NamedPaths(worker, CurrentProcess.Uid, named => named == path).ReadAsync());
}
