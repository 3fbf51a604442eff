namespace Fairlead.Bench.Output;

/// <summary>One line of the table.</summary>
internal sealed record Row(string What, params Cell[] Cells)
{
    public Budget? Budget { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Rows of one kind stand in one table.</summary>
    public RowKind Kind { get; init; }
}

/// <summary>What the columns of a row are.</summary>
internal enum RowKind
{
    /// <summary>Ways to the agent.</summary>
    Relays,

    /// <summary>What was measured under one load.</summary>
    Loads,

    /// <summary>What was measured on one machine, with few or many of something.</summary>
    Growth,
}
