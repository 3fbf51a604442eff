namespace Fairlead.Core.Callers;

/// <summary>What a connection says of who made it.</summary>
/// <param name="Pid">From SO_PEERCRED; 0 for a process of another pid namespace.</param>
/// <param name="AcceptedAt">In clock ticks since boot: a process of that pid that started later is another one.</param>
/// <param name="WantsReasons">For people: gather all facts, also where they cannot change the choice.</param>
internal readonly record struct CallerIdentity(int Pid, ulong AcceptedAt, bool WantsReasons = false)
{
    /// <summary>For what does not depend on who asks.</summary>
    public static CallerIdentity Nobody { get; } = new(Caller.Unknown.Pid, 0);

    /// <summary>It passes on what another host asks: a session-bind said so (PROTOCOL.agent, section 1: is_forwarding).</summary>
    public bool IsForwarded { get; init; }
}
