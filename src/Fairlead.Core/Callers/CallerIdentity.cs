using Fairlead.Core.Policy;

namespace Fairlead.Core.Callers;

/// <summary>What a connection says about the process that made it.</summary>
/// <param name="Pid">From SO_PEERCRED; 0 for a process of another pid namespace.</param>
/// <param name="AcceptedAt">In clock ticks since boot: a process of that pid that started later is another one.</param>
/// <param name="WantsReasons">For reports: gather all facts, even if they cannot change the choice.</param>
internal readonly record struct CallerIdentity(int Pid, ulong AcceptedAt, bool WantsReasons = false)
{
    /// <summary>For requests that do not depend on the caller.</summary>
    public static CallerIdentity Nobody { get; } = new(Caller.Unknown.Pid, 0);

    /// <summary>It passes on requests of another host: a session-bind said so (PROTOCOL.agent, section 1: is_forwarding).</summary>
    public bool IsForwarded { get; init; }

    /// <summary>The server that it logs in to; null while no server is known.</summary>
    public BoundHost? Host { get; init; }

    /// <summary>What it asks to sign; null for all other requests.</summary>
    public RuleSignature? Signature { get; init; }
}
