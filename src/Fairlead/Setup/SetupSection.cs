namespace Fairlead.Setup;

/// <summary>Steps of one purpose.</summary>
/// <param name="Title">What they are for.</param>
internal sealed record SetupSection(string Title, IReadOnlyList<SetupStep> Steps);
