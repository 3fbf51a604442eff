using System.Security.Cryptography;
using System.Text;

namespace Fairlead.EndToEnd.Staging;

/// <summary>The name of this machine as gethostname() gives it, and the hash of it that OpenSSH 10.1 puts in its sockets' names.</summary>
internal static class HostName
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static string Value { get; } = File.ReadAllText("/proc/sys/kernel/hostname").Trim();

    public static string Hash { get; } = HashOf(Value);

    public static string HashOf(string host) =>
        string.Concat(SHA512.HashData(Encoding.UTF8.GetBytes(host)).Take(10).Select(part => Alphabet[part % Alphabet.Length]));
}
