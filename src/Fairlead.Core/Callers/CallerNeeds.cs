namespace Fairlead.Core.Callers;

/// <summary>What rules ask of a caller, beyond what every choice needs: it is read only where a rule asks for it.</summary>
/// <param name="Program">Its working directory and its program.</param>
/// <param name="Above">The programs above it.</param>
/// <param name="Variables">The names of these variables that it was started with.</param>
internal sealed record CallerNeeds(bool Program, bool Above, IReadOnlyCollection<string> Variables)
{
    public static readonly CallerNeeds Nothing = new(Program: false, Above: false, []);
}
