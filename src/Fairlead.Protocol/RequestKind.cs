namespace Fairlead.Protocol;

/// <summary>What a request means for a relay: where it may go.</summary>
public enum RequestKind
{
    /// <summary>Asks for the keys. A new route is planned for it.</summary>
    List,

    /// <summary>Asks for a signature: belongs to the agent that listed the key.</summary>
    Sign,

    /// <summary>Ties the connection to a login: belongs to the connection, and is replayed on each further one.</summary>
    Bind,

    /// <summary>Adds, removes, locks, unlocks, or uses a smartcard: goes to the leader alone.</summary>
    Change,

    /// <summary>Asks which extensions the agent knows. ssh-agent 10.3 answers twice: see <see cref="ExtensionNames.Query"/>.</summary>
    Query,

    /// <summary>Asks fairlead whether it leads back to the asker: never passed on.</summary>
    Trace,

    /// <summary>Anything that fairlead does not know: passed on unchanged, once.</summary>
    Opaque,

    /// <summary>
    /// Ends before its fields do. Answered with FAILURE and not passed on: ssh-agent would answer the same, except to a LOCK or UNLOCK
    /// without a readable passphrase, on which it ends on purpose (ssh-agent.c, process_lock_agent; tried on 9.2 and 10.3).
    /// </summary>
    Malformed,
}
