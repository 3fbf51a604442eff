namespace Fairlead.Core.Control;

/// <summary>How a question to the daemon went.</summary>
internal enum ControlOutcome
{
    Answered,

    /// <summary>Nobody listens at the control socket.</summary>
    NotReachable,

    /// <summary>Somebody listens there who is not this user: nothing was sent.</summary>
    NotOurs,

    /// <summary>The daemon took the question and sent no whole answer in time.</summary>
    NoAnswer,

    /// <summary>What came back is not an answer of this version.</summary>
    NotUnderstood,
}
