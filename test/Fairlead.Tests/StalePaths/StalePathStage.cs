using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>A daemon's keeper of old paths, with real processes that name them.</summary>
public abstract class StalePathStage : IDisposable
{
    private readonly BlockingWorker worker;
    private readonly List<Puppet> puppets = [];
    private readonly Queue<(Func<bool> Holds, TaskCompletionSource Done)> awaited = new();

    private protected StalePathStage()
    {
        uint uid = CurrentProcess.Uid;
        worker = new BlockingWorker(Thread.Loop);
        Registry = new AgentRegistry(worker, uid, TimeProvider.System);
        Registry.Configure([Scene.Shared, $"{Scene.Home}/.ssh/agent"], []);
        Record = new StalePathRecord([new RecordPlace(Scene.Folder["host.healed"], () => true, () => true)], Scene.Places, uid);
        var files = new FileWork(worker, mayBlock: false);
        var acceptor = new Acceptor(Thread.Loop, uid, stream =>
        {
            Served++;
            stream.Dispose();
        });
        Sockets = new StalePathSockets(
            Thread.Loop, files, Scene.Places, Record, acceptor, new Log(worker, TimeProvider.System, Scene.Folder["host.log"]).Write, uid)
        {
            Changed = NoteChange,
        };
        Keeper = new StalePathKeeper(
            Thread.Loop, worker, Registry, Scene.Places, Sockets, new StalePathMarks(worker, files, uid), uid);
    }

    private protected OldPathScene Scene { get; } = new();

    private protected LoopThread Thread { get; } = new();

    private protected AgentRegistry Registry { get; }

    private protected StalePathSockets Sockets { get; }

    private protected StalePathRecord Record { get; }

    private protected StalePathKeeper Keeper { get; }

    /// <summary>Connections that were accepted at old paths.</summary>
    private protected int Served { get; private set; }

    public void Dispose()
    {
        puppets.ForEach(puppet => puppet.Dispose());
        Thread.RunAsync(Keeper.Dispose).GetAwaiter().GetResult();
        Thread.Dispose();
        worker.Dispose();
        Scene.Dispose();
        Assert.Empty(Thread.Faults);
        GC.SuppressFinalize(this);
    }

    private protected Puppet Name(StalePath path)
    {
        var puppet = Puppet.Start("print \"here\\n\"; <STDIN>;", [], [], environment: [$"SSH_AUTH_SOCK={path.Path}"]);
        Assert.Equal("here", puppet.Hear());
        puppets.Add(puppet);
        return puppet;
    }

    private protected void End(Puppet puppet)
    {
        puppets.Remove(puppet);
        puppet.Dispose();
    }

    private protected async Task StartAsync()
    {
        await Thread.RunAsync(() =>
        {
            Keeper.Enable(true);
            Keeper.Start();
        });
        await SettleAsync();
    }

    private protected Task<bool> SettleAsync() => Thread.RunAsync(async ValueTask<bool> () =>
    {
        await Keeper.SettleAsync(Deadline.Length);
        return true;
    });

    /// <summary>Waits for a change after which it holds.</summary>
    private protected Task UntilAsync(Func<bool> holds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread.Loop.Post(() =>
        {
            awaited.Enqueue((holds, done));
            Ask();
        });
        return done.Task.InTime();
    }

    private protected async Task AppearsAsync(string path)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!Path.Exists(path))
        {
            Assert.False(late.IsCancellationRequested, $"{path} did not appear");
            await Thread.TurnAsync();
        }
    }

    private void NoteChange()
    {
        Registry.OwnSockets.Clear();
        Registry.OwnSockets.UnionWith(Sockets.All.Select(socket => socket.File.Identity));
        Registry.Reconsider();
        Ask();
    }

    private void Ask()
    {
        while (awaited.TryPeek(out var next) && next.Holds())
        {
            awaited.Dequeue().Done.SetResult();
        }
    }

    private protected string[] Healed() => [.. Sockets.All.Select(socket => socket.File.Path.Path).Where(Path.Exists).Order()];

    private protected static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
