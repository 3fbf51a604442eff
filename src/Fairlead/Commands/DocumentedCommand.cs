using System.CommandLine;

namespace Fairlead.Commands;

/// <summary>A command whose help begins with examples.</summary>
internal sealed class DocumentedCommand(string name, string summary, params Example[] examples) : Command(name, summary)
{
    public IReadOnlyList<Example> Examples { get; } = examples;
}
