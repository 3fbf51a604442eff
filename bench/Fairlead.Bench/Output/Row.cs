namespace Fairlead.Bench.Output;

/// <summary>One line of the table.</summary>
internal sealed record Row(string What, params Cell[] Cells)
{
    public Budget? Budget { get; init; }

    public string Note { get; init; } = "";
}
