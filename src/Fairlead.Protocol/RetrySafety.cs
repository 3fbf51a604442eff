namespace Fairlead.Protocol;

/// <summary>Whether a request that may have reached an agent may be sent again.</summary>
public enum RetrySafety
{
    /// <summary>Never again: it has, or may have, an effect that would happen twice.</summary>
    Never,

    /// <summary>Only when the agent closed or reset the connection: until then, a person may be touching a key for it.</summary>
    AfterEnd,

    /// <summary>At any time, and to several agents at once: it changes nothing.</summary>
    Anytime,
}
