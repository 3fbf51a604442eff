using System.Globalization;

namespace Fairlead.Bench.Output;

/// <summary>What was measured of one relay.</summary>
/// <param name="Column">The relay's name.</param>
/// <param name="Ratio">To what the row compares with: the direct socket, where its name says nothing else.</param>
internal sealed record Cell(string Column, double Value, Unit Unit, double? Ratio = null)
{
    public string Text => Ratio is double ratio
        ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} x ({Absolute})")
        : Absolute;

    private string Absolute => double.IsNaN(Value) ? "-" : Unit switch
    {
        Unit.Microseconds => string.Create(CultureInfo.InvariantCulture, $"{Value:0} us"),
        Unit.Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{Value:0.00} ms"),
        Unit.Megabytes => string.Create(CultureInfo.InvariantCulture, $"{Value:0.0} MB"),
        Unit.Order => string.Create(CultureInfo.InvariantCulture, $"n^{Value:0.00}"),
        Unit.PerSecond => string.Create(CultureInfo.InvariantCulture, $"{Value:0} /s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Value:0}"),
    };
}
