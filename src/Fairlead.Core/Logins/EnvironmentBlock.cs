using System.Text;

namespace Fairlead.Core.Logins;

/// <summary>An environment as /proc/PID/environ gives it: NAME=value strings.</summary>
internal static class EnvironmentBlock
{
    /// <summary>Names the agent that a program asks (ssh-agent(1)).</summary>
    public const string AgentVariable = "SSH_AUTH_SOCK";

    /// <summary>
    /// A variable's value as getenv(3) would find it, the first of that name; null when it is unset or empty, which mean the same to a
    /// person.
    /// </summary>
    public static string? Find(string[]? environment, string name)
    {
        string? entry = Array.Find(
            environment ?? [], entry => entry.StartsWith(name, StringComparison.Ordinal) && entry.AsSpan(name.Length) is ['=', ..]);
        return entry?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;
    }

    /// <summary>A variable's value in the bytes of the file, the first of that name, without a string for each of the others.</summary>
    /// <returns>Null when it is unset or empty.</returns>
    public static string? Find(ReadOnlySpan<byte> block, string name)
    {
        byte[] start = Encoding.UTF8.GetBytes($"{name}=");
        while (!block.IsEmpty)
        {
            int end = block.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? block : block[..end];
            if (entry.StartsWith(start))
            {
                return entry.Length > start.Length ? Encoding.UTF8.GetString(entry[start.Length..]) : null;
            }

            block = end < 0 ? [] : block[(end + 1)..];
        }

        return null;
    }
}
