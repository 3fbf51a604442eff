namespace Fairlead.Launch;

/// <summary>Environment variables that tell one daemon process how it was started. Each is read once, and taken out.</summary>
internal static class StartVariables
{
    /// <summary>The descriptor to write a <see cref="ReadySignal"/> to; absent when nobody waits.</summary>
    public const string Ready = "FAIRLEAD_READY_FD";

    /// <summary>What the daemon before hands over, as text.</summary>
    public const string Handover = "FAIRLEAD_INHERITANCE";

    /// <summary>How many descriptors, from 0 on, the process in between is to pass on; absent in the successor itself.</summary>
    public const string DoubleFork = "FAIRLEAD_STEPPING_STONE";
}
