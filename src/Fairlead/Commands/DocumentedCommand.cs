using System.CommandLine;

namespace Fairlead.Commands;

/// <summary>A command whose help begins with examples.</summary>
internal sealed class DocumentedCommand(string name, string summary, params Example[] examples) : Command(name, summary)
{
    /// <summary>What the summary and the examples leave open.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Example> Examples { get; } = examples;
}

/// <summary>A line to type, and what it does.</summary>
internal readonly record struct Example(string Line, string Meaning);
