using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Location;

/// <summary>What came of looking for a daemon.</summary>
/// <param name="Outcome">Of connecting to it.</param>
/// <param name="State">Its place; the best one when none was found.</param>
/// <param name="Client">The connection, for the finder to dispose; null when it could not be connected to.</param>
internal readonly record struct FoundDaemon(ControlOutcome Outcome, StateLocation State, ControlClient? Client)
{
    /// <summary>Somebody listens, whether he answers or not.</summary>
    public bool TakesConnections => Outcome is ControlOutcome.Answered or ControlOutcome.NoAnswer;

    /// <summary>A daemon is there, or a systemd that listens for one, whether it answers or not.</summary>
    public bool IsThere => TakesConnections || Outcome == ControlOutcome.OutOfReach;

    /// <summary>Of the daemon that was connected to; 0 where systemd listens and none has run yet, for a daemon has its lock.</summary>
    public int Pid => Client is { } daemon && FileLock.IsHeld(State.Lock) ? daemon.DaemonPid : 0;
}
