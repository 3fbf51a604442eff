namespace Fairlead.Core.Callers;

/// <summary>An environment as /proc/PID/environ gives it: NAME=value strings.</summary>
internal static class EnvironmentBlock
{
    /// <summary>A variable's value; null when it is unset or empty, which mean the same to a person.</summary>
    public static string? Find(string[]? environment, string name)
    {
        string? entry = Array.Find(
            environment ?? [], entry => entry.StartsWith(name, StringComparison.Ordinal) && entry.AsSpan(name.Length) is ['=', _, ..]);
        return entry?[(name.Length + 1)..];
    }
}
