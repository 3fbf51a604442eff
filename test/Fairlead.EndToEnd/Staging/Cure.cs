namespace Fairlead.EndToEnd.Staging;

/// <summary>What the person's rc file does about the agent.</summary>
public enum Cure
{
    /// <summary>Nothing: the problem as it is.</summary>
    None,

    /// <summary>The recipe of 2011: a link at a fixed path, set anew at each login.</summary>
    Symlink,

    Fairlead,
}
