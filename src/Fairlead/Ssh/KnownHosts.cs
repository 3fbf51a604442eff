using System.Net;
using Fairlead.Files;
using Fairlead.Settings;

namespace Fairlead.Ssh;

/// <summary>
/// The servers that this person's ssh knows, by their host keys. Only what stands in the usual files: a <c>UserKnownHostsFile</c> of ssh_config(5) is not looked for.
/// </summary>
/// <param name="all">In the order of the files.</param>
/// <param name="typed">Names that the person has for servers: what a hashed name is compared with.</param>
internal sealed class KnownHosts(IReadOnlyList<KnownHost> all, IReadOnlyList<string> typed)
{
    private static readonly string[] Patterns = ["*", "?", "!"];

    public static KnownHosts Read(Surroundings around)
    {
        string? folder = around.Home is { } home ? $"{home}/.ssh" : null;
        string[] files = [$"{folder}/known_hosts", $"{folder}/known_hosts2", "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];
        return new KnownHosts(
            [.. files.SelectMany(TextFile.Lines).Select(KnownHost.Parse).OfType<KnownHost>()],
            ConfiguredNames.In(new[] { $"{folder}/config", "/etc/ssh/ssh_config" }.SelectMany(TextFile.Lines)));
    }

    /// <summary>What a person calls the server with this host key.</summary>
    /// <param name="destination">What they have typed for it, where that is known: if it is one of several names, it is the right one.</param>
    /// <returns>Null when it is not known, or its name only as a hash of one that was not typed.</returns>
    public string? NameOf(string fingerprint, string? destination)
    {
        string[] names = [.. all.Where(host => host.Fingerprint == fingerprint).SelectMany(host => host.Names).Where(name => !Patterns.Any(name.Contains))];
        string[] plain = [.. names.Where(name => !HashedName.IsOne(name))];
        string[] hashed = [.. names.Where(HashedName.IsOne)];
        if (destination is not null && (plain.Contains(destination) || hashed.Any(name => HashedName.Matches(name, destination))))
        {
            return destination;
        }

        return plain.FirstOrDefault(name => !IsAddress(name))
            ?? typed.FirstOrDefault(candidate => hashed.Any(name => HashedName.Matches(name, candidate)))
            ?? plain.FirstOrDefault();
    }

    private static bool IsAddress(string name) => IPAddress.TryParse(name.StartsWith('[') ? name[1..Math.Max(1, name.LastIndexOf(']'))] : name, out _);
}
