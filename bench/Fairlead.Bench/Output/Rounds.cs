namespace Fairlead.Bench.Output;

/// <summary>The same figure from each round. Ratios are taken within a round: what disturbed the machine disturbed both.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<string, List<double>> values = [];

    /// <summary>In the order in which they were first added.</summary>
    public IEnumerable<string> Columns => values.Keys;

    public void Add(string column, double value)
    {
        if (!values.TryGetValue(column, out List<double>? list))
        {
            values[column] = list = [];
        }

        list.Add(value);
    }

    public double Median(string column) => MedianOf(values[column]);

    public double Sum(string column) => values[column].Sum();

    /// <summary>The median over the rounds of one column's figure to another's.</summary>
    public double Ratio(string column, string to) => MedianOf([.. values[column].Zip(values[to], (value, reference) => value / reference)]);

    /// <summary>The same for the difference.</summary>
    public double Difference(string column, string to) => MedianOf([.. values[column].Zip(values[to], (value, reference) => value - reference)]);

    public Cell Cell(string column, Unit unit, string? to = null, string? shownAs = null) =>
        new(shownAs ?? column, Median(column), unit, to is null || to == column ? null : Ratio(column, to));

    private static double MedianOf(List<double> list)
    {
        double[] sorted = [.. list.Order()];
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
