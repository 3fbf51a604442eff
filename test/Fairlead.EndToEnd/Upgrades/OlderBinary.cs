namespace Fairlead.EndToEnd.Upgrades;

/// <summary>The program of an older commit, which test/upgrades.sh builds.</summary>
internal static class OlderBinary
{
    public static string Existing => Environment.GetEnvironmentVariable("FAIRLEAD_OLDER_BINARY") is { } path && File.Exists(path)
        ? path
        : throw new FileNotFoundException("no older fairlead to test with: run test/upgrades.sh");
}
