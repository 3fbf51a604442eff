namespace Fairlead.Ssh;

/// <summary>The names that a person's ssh_config(5) has for servers, as known_hosts would have them.</summary>
internal static class ConfiguredNames
{
    private static readonly string[] ForNames = ["Host", "HostName", "HostKeyAlias"];
    private static readonly string[] ForPorts = ["Port"];

    /// <summary>Which port belongs to which name is not looked at: these are guesses, to be compared with a hash.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> lines)
    {
        string[][] all = [.. lines.Select(line => line.Split([' ', '\t', '=', '"'], StringSplitOptions.RemoveEmptyEntries))];
        string[] names = [.. ValuesOf(all, ForNames)];
        return [.. names, .. from port in ValuesOf(all, ForPorts) from name in names select $"[{name}]:{port}"];
    }

    private static IEnumerable<string> ValuesOf(string[][] lines, string[] keywords) =>
        lines.Where(line => line.Length > 0 && keywords.Contains(line[0], StringComparer.OrdinalIgnoreCase)).SelectMany(line => line[1..]).Distinct();
}
