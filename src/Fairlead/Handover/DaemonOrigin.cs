using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;

namespace Fairlead.Handover;

/// <summary>How a daemon came to be.</summary>
internal sealed record DaemonOrigin
{
    /// <summary>What to start when another is to take its place.</summary>
    public required DaemonProgram Program { get; init; }

    public required HandoverState HandoverState { get; init; }

    public required SystemdNotice Notice { get; init; }

    public required ProgramPages Pages { get; init; }

    /// <summary>Nobody reads its standard error.</summary>
    public required bool LogsToFile { get; init; }
}
