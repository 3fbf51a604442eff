using Fairlead.Core.Linux.Files;

namespace Fairlead.Setup;

/// <summary>What is at a path where a link to the socket is, or is to be.</summary>
/// <param name="Kind">Null when nothing is there.</param>
/// <param name="Target">Where a link leads, as it says itself.</param>
internal sealed record LinkFacts(string Path, FileKind? Kind, string? Target = null);
