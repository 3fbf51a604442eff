namespace Fairlead.Core.Control;

/// <summary>How a question to the daemon went.</summary>
internal enum ControlOutcome
{
    Answered,

    /// <summary>Nobody listens at the control socket.</summary>
    NotReachable,

    /// <summary>
    /// The folder of the control socket, or the socket itself, denies access, so that it is not known whether a daemon listens there.
    /// </summary>
    OutOfReach,

    /// <summary>Another user listens there: nothing was sent.</summary>
    NotOurs,

    /// <summary>The daemon took the question and sent no whole answer in time, or so many clients are waiting that it takes none.</summary>
    NoAnswer,

    /// <summary>The reply is not an answer of this version.</summary>
    NotUnderstood,
}
