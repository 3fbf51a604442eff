using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Asks the daemon, where one runs.</summary>
/// <param name="location">Null when no place is fit for its socket.</param>
/// <param name="ask">Asks the daemon there, and starts none.</param>
internal sealed class DaemonReader(SocketLocation? location, Func<SocketLocation, ControlRequest, (ControlReply? Reply, Failure? Failure)> ask)
{
    /// <param name="withKeys">Ask for the keys of all agents, too.</param>
    public DaemonFacts Read(bool withKeys, string user)
    {
        if (location is null)
        {
            return new DaemonFacts();
        }

        // A daemon holds its lock. Where none does, systemd may listen, and a connection would have it start one.
        if (FileLock.IsFree(location.Lock) && UnixSocketTable.ListListening().Contains(location.Control))
        {
            return new DaemonFacts { StartsOnDemand = true };
        }

        (ControlReply? reply, Failure? failure) = ask(location, new ControlRequest { Verb = ControlVerb.Status });
        if (reply?.Status is not { } status)
        {
            return new DaemonFacts { Failure = failure };
        }

        return new DaemonFacts
        {
            Status = status,
            Keys = withKeys ? ask(location, new ControlRequest { Verb = ControlVerb.List }).Reply?.List : null,
            Environment = ask(location, new ControlRequest { Verb = ControlVerb.Environment }).Reply?.Environment,
            Installed = FileStatus.TryReadTarget(OwnProgram.Path, out FileStatus program) >= 0 ? program.Changed : null,
            Unit = new UnitReader("").Read(status.DaemonPid, user),
        };
    }
}
