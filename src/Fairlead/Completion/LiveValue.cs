namespace Fairlead.Completion;

/// <summary>The lists that completions ask a running fairlead for, as the scripts spell them: <c>fairlead completions --values agents</c>.</summary>
internal static class LiveValue
{
    public const string Agents = "agents";
    public const string Hosts = "hosts";
    public const string Processes = "processes";

    /// <summary>Null for what no list is asked for.</summary>
    public static string? ListOf(ValueKind kind) => kind switch
    {
        ValueKind.Agent => Agents,
        ValueKind.Host => Hosts,
        ValueKind.Process => Processes,
        _ => null,
    };
}
