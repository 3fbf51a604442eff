namespace Fairlead.EndToEnd.Chaos;

/// <summary>What a client does.</summary>
internal enum ClientKind
{
    List,

    /// <summary>As ssh: lists, then asks for a signature with one of the keys.</summary>
    ListAndSign,

    /// <summary>Asks for a signature without a list.</summary>
    SignAtOnce,

    /// <summary>As ssh -A web01, its session-bind first.</summary>
    Bound,

    /// <summary>Somebody on web01, through that ssh.</summary>
    Forwarded,

    /// <summary>A conversation that goes on while agents come and go.</summary>
    Long,

    /// <summary>Adds or removes a key.</summary>
    Change,

    /// <summary>Sends several requests at once, and nothing more.</summary>
    HalfClose,

    /// <summary>Sends a list byte by byte.</summary>
    Crumbs,

    /// <summary>Hangs up before the answer.</summary>
    LeaveEarly,

    /// <summary>Hangs up in the middle of a message.</summary>
    LeaveInMessage,

    /// <summary>Asks and asks, and reads nothing.</summary>
    NeverReads,

    /// <summary>Sends what is no message.</summary>
    Garbage,

    /// <summary>Connects and leaves.</summary>
    Look,
}
