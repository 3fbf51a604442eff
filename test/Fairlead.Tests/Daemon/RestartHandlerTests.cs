using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.Handover;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.Tests.StalePaths;

namespace Fairlead.Tests.Daemon;

public sealed class RestartHandlerTests : StalePathStage
{
    /// <summary>Sockets that were never opened cannot be described to another process: that is a fault nobody expects.</summary>
    [Fact]
    public async Task After_a_fault_reloads_and_restarts_are_possible_again()
    {
        using var folder = new TempFolder();
        using var worker = new BlockingWorker(Thread.Loop);
        var locations = DaemonLocations.Find(new Surroundings { Uid = CurrentProcess.Uid, HostName = "host" }, folder["fairlead.sock"], LocationSource.CommandLine);
        DaemonLocation location = locations.Choose()!;
        Assert.Equal(0, FileLock.TryTake(location.State.Lock, out FileLock? held));
        var acceptor = new Acceptor(Thread.Loop, CurrentProcess.Uid, stream => stream.Dispose());
        var log = new Log(worker, TimeProvider.System, folder["log"]);
        using var keeper = new SocketKeeper(Thread.Loop, location.State, location.Socket, held!, log);
        using var pages = new ProgramPages();
        var origin = new DaemonOrigin
        {
            Program = new DaemonProgram("/bin/false", ["false"], []),
            HandoverState = new HandoverState(),
            Notice = new SystemdNotice(null),
            Pages = pages,
            LogsToFile = true,
        };
        using var successor = new Successor(Thread.Loop, worker, origin.Program, origin.Notice);
        int reloads = 0;
        RestartHandler handler = await Thread.RunAsync(() => new RestartHandler(
            successor, origin, keeper, new ServedSockets(Thread.Loop, location, locations, acceptor, acceptor, keeper), Keeper, Registry, new RoutingOptions(), new AskingDesk(Thread.Loop), log)
        {
            Agent = location.Socket,
            Reload = () => reloads++,
            HandedOver = () => { },
        });

        await Assert.ThrowsAnyAsync<Exception>(() => Thread.RunAsync(() => handler.HandOverAsync()));

        Assert.False(await Thread.RunAsync(handler.TakesReload));
        Task<ControlReply> again = Thread.RunAsync(() => handler.HandOverAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => again);
        Assert.False(again.IsCanceled);
    }
}
