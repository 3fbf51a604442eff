using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>What can be measured by itself, with <c>--only NAME</c>.</summary>
internal interface IPart
{
    string Name { get; }

    IReadOnlyList<Row> Run(Stage stage);
}
