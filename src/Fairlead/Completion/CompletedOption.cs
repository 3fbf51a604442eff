namespace Fairlead.Completion;

/// <summary>An option of the command line.</summary>
/// <param name="Names">With their dashes, the long one first.</param>
/// <param name="Value">Null for one that stands alone.</param>
internal sealed record CompletedOption(IReadOnlyList<string> Names, string Summary, CompletedValue? Value);
