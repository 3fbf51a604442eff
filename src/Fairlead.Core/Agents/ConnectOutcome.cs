namespace Fairlead.Core.Agents;

/// <summary>What came of an attempt to reach an agent.</summary>
internal enum ConnectOutcome
{
    Connected,

    /// <summary>Nobody listens there, and nobody will: the socket was left behind.</summary>
    Dead,

    /// <summary>Its backlog stayed full, or the path could not be looked up in time.</summary>
    Late,

    /// <summary>Who listens there may not be talked to.</summary>
    Refused,

    /// <summary>It failed on our side, for want of descriptors or memory or rights: nothing is known about the agent.</summary>
    Exhausted,
}
