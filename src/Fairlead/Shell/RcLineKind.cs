namespace Fairlead.Shell;

/// <summary>What a line of an rc file does, as far as it matters for the agent.</summary>
internal enum RcLineKind
{
    /// <summary>Evaluates what <c>fairlead init</c> prints.</summary>
    Fairlead,

    /// <summary>Makes a link to the agent of this login: the usual cure since 2011.</summary>
    SymlinkRecipe,

    /// <summary>Sets SSH_AUTH_SOCK, or starts an agent that does.</summary>
    OtherAgent,

    /// <summary>Ends the file for shells that are not interactive.</summary>
    InteractiveOnly,
}
