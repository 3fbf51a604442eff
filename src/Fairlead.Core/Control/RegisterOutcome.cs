namespace Fairlead.Core.Control;

/// <summary>The result of a login's registration of its agent.</summary>
internal enum RegisterOutcome
{
    /// <summary>It answers for the login from now on. An older daemon hangs up without a reply, which means the same.</summary>
    Usable,

    /// <summary>The daemon cannot use it: the login keeps its own.</summary>
    Refused,

    /// <summary>The daemon did not say so in time.</summary>
    Late,
}
