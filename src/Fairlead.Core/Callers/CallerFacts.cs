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

    /// <summary>Whether a multiplexer shows it, and where.</summary>
    Attachments = 4,

    /// <summary>Its working folder and its program.</summary>
    Program = 8,

    /// <summary>The name of the multiplexer's session that it runs in.</summary>
    Session = 16,

    All = Ancestors | Environment | Attachments | Program | Session,
}
