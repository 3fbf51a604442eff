namespace Fairlead.Completion;

/// <summary>What a shell can offer where a value is expected.</summary>
internal enum ValueKind
{
    /// <summary>Nothing is known of it: a time.</summary>
    Free,

    /// <summary>One of a few words, which the command tree knows.</summary>
    Word,

    /// <summary>A path.</summary>
    File,

    /// <summary>What <c>fairlead pin</c> takes; asked of the daemon.</summary>
    Agent,

    /// <summary>A host of the person's ssh_config.</summary>
    Host,

    /// <summary>A process of the person.</summary>
    Process,

    /// <summary>A program and its arguments, up to the end of the line.</summary>
    CommandLine,
}
