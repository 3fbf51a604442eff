namespace Fairlead.Core.Callers;

/// <summary>What is read of a caller beyond the processes above it: only what a choice or a rule asks for.</summary>
/// <param name="Program">Its working directory and its program.</param>
/// <param name="Above">The programs above it.</param>
/// <param name="Variables">The names of these variables that it was started with.</param>
internal sealed record CallerNeeds(bool Program, bool Above, IReadOnlyCollection<string> Variables)
{
    public static readonly CallerNeeds Nothing = new(Program: false, Above: false, []);

    /// <summary>
    /// Where the person sits: all logins, the environments of the caller, and the terminals that show it, which only a question to its
    /// multiplexer tells. A choice between agents needs it, whatever the rules ask.
    /// </summary>
    public bool Place { get; init; }
}
