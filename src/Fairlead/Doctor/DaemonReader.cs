using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Location;

namespace Fairlead.Doctor;

/// <summary>Asks the daemon, where one runs.</summary>
internal sealed class DaemonReader(CommandContext context)
{
    /// <param name="withKeys">Also ask for the keys of all agents.</param>
    public DaemonFacts Read(bool withKeys, string user)
    {
        if (context.LocationDespiteMistake is not { } location)
        {
            return new DaemonFacts();
        }

        // A daemon holds its lock. Where none does, systemd may listen, and a connection would have it start one.
        if (FileLock.IsFree(location.State.Lock) && UnixSocketTable.ListListening().Contains(location.State.Control))
        {
            return new DaemonFacts { StartsOnDemand = true };
        }

        DaemonAnswer answer = context.AskDespiteMistake(new ControlRequest { Verb = ControlVerb.Status, WithCodes = true });
        if (answer.Reply?.Status is not { } status)
        {
            return new DaemonFacts { Failure = answer.Explain(), IsSilent = answer.Outcome == ControlOutcome.NoAnswer };
        }

        return new DaemonFacts
        {
            Status = status,
            Keys = withKeys ? context.AskDespiteMistake(new ControlRequest { Verb = ControlVerb.List }).Reply?.List : null,
            Environment = context.AskDespiteMistake(new ControlRequest { Verb = ControlVerb.Environment }).Reply?.Environment,
            Others = [.. DaemonSearch.List(context.Locations).Where(other => other.Pid != status.DaemonPid)],
            Unit = new UnitReader("").Read(status.DaemonPid, user),
        };
    }
}
