namespace Fairlead.Core.Callers;

/// <summary>What there is to know of a caller, by how it is read.</summary>
[Flags]
internal enum CallerFacts
{
    None = 0,

    /// <summary>The processes above it.</summary>
    Ancestors = 1,

    /// <summary>The variables that it was started with.</summary>
    Environment = 2,

    /// <summary>Whether a multiplexer shows it, which session of it, and where.</summary>
    Attachments = 4,

    /// <summary>Its working folder and its program.</summary>
    Program = 8,

    All = Ancestors | Environment | Attachments | Program,
}
