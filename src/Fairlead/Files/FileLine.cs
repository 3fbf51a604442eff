namespace Fairlead.Files;

/// <summary>A line of a file, for who is to look at it.</summary>
/// <param name="File">As a person types it.</param>
/// <param name="Number">From 1.</param>
internal sealed record FileLine(string File, int Number)
{
    /// <summary>As compilers name one: FILE:LINE.</summary>
    public override string ToString() => $"{File}:{Number}";
}
