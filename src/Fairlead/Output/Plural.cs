namespace Fairlead.Output;

/// <summary>Counted things as people say them.</summary>
internal static class Plural
{
    /// <summary>"no keys", "1 key", "2 keys".</summary>
    public static string Of(int count, string thing) => count switch
    {
        0 => $"no {thing}s",
        1 => $"1 {thing}",
        _ => $"{count} {thing}s",
    };
}
