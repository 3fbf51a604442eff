namespace Fairlead.Shell;

/// <summary>What decides which rc files of a person get the line.</summary>
/// <param name="LoginShell">The name of the program that SHELL names: "bash", "ksh93".</param>
/// <param name="HasFishFolder">fish has been used.</param>
/// <param name="IsThere">Whether there is a file at a path.</param>
/// <param name="Read">What is in it; null when it cannot be read.</param>
internal sealed record RcFacts(RcPaths Paths, string LoginShell, bool HasFishFolder, Func<string, bool> IsThere, Func<string, string?> Read);
