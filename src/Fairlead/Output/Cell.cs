namespace Fairlead.Output;

/// <summary>A part of a table or a line, and how it looks.</summary>
internal readonly record struct Cell(string Text, Look Look = Look.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>What stands out, and how. A colour never says anything by itself: a sign stands beside it, also where there is no colour.</summary>
internal enum Look
{
    Plain,

    /// <summary>It may work again: stalled, out of reach, empty. Yellow, and "!".</summary>
    Warning,

    /// <summary>It was refused. Red, and "x".</summary>
    Refused,
}
