namespace Fairlead.Core.Control;

/// <summary>What became of the agent that a login has named to the daemon.</summary>
internal enum RegisterOutcome
{
    /// <summary>It answers for the login from now on. An older daemon hangs up without a word, and means the same.</summary>
    Usable,

    /// <summary>It cannot be used: the login keeps its own.</summary>
    Refused,

    /// <summary>The daemon has not said so in time.</summary>
    Late,
}
