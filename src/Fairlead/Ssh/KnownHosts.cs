using System.Net;
using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Files;
using Fairlead.Protocol;
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
        string? folder = FolderOf(around);
        return new KnownHosts(
            [.. FilesOf(around).SelectMany(TextFile.Lines).Select(KnownHost.Parse).OfType<KnownHost>()],
            ConfiguredNames.In(new[] { $"{folder}/config", "/etc/ssh/ssh_config" }.SelectMany(TextFile.Lines)));
    }

    /// <summary>Which of these names and fingerprints are those of the server with this host key, by the files as they are now.</summary>
    /// <remarks>Only lines with that key are parsed: a login waits for it, and files may list all hosts of a company.</remarks>
    /// <returns>Null when a file is there and cannot be read: then the server may have any of the names.</returns>
    public static IReadOnlyCollection<string>? Find(Surroundings around, byte[] hostKey, IReadOnlyCollection<string> named)
    {
        string key = Convert.ToBase64String(Certificate.KeyOf(hostKey));
        string? authority = Certificate.TryRead(hostKey, out Certificate certificate) ? Convert.ToBase64String(certificate.Authority) : null;
        var lines = new List<string>();
        foreach (string file in FilesOf(around))
        {
            int result = FileContent.TryReadText(file, out string text);
            if (result < 0 && result is not (-Errno.ENOENT or -Errno.ENOTDIR))
            {
                return null;
            }

            lines.AddRange(text.Split('\n').Where(line =>
                line.Contains(key, StringComparison.Ordinal) || (authority is not null && line.Contains(authority, StringComparison.Ordinal))));
        }

        var known = new KnownHosts([.. lines.Select(KnownHost.Parse).OfType<KnownHost>()], []);
        return [.. named.Where(name => known.Knows(hostKey, name))];
    }

    /// <summary>What a person calls the server with this host key.</summary>
    /// <param name="destination">What they have typed for it, where that is known: if it is one of several names, it is the right one.</param>
    /// <returns>Null when it is not known, or its name only as a hash of one that was not typed.</returns>
    public string? NameOf(string fingerprint, string? destination)
    {
        string[] names = [.. all.Where(host => !host.IsAuthority && host.Fingerprint == fingerprint).SelectMany(host => host.Names).Where(name => !Patterns.Any(name.Contains))];
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

    /// <summary>Whether a server with this host key goes by that name, or has that fingerprint.</summary>
    /// <param name="hostKey">The key, or its certificate: then an authority that is known for that name has signed it, and it is for that name.</param>
    /// <param name="name">"web01", "203.0.113.9", "[web01]:2222" or "SHA256:...".</param>
    public bool Knows(byte[] hostKey, string name)
    {
        string fingerprint = KeyFingerprint.Of(hostKey);
        if (fingerprint == name)
        {
            return true;
        }

        string? authority = Certificate.TryRead(hostKey, out Certificate certificate) && certificate.IsFor(Encoding.UTF8.GetBytes(name))
            ? KeyFingerprint.Of(certificate.Authority)
            : null;
        return all.Any(host => host.Fingerprint == (host.IsAuthority ? authority : fingerprint) && host.IsFor(name));
    }

    private static string? FolderOf(Surroundings around) => around.Home is { } home ? $"{home}/.ssh" : null;

    private static string[] FilesOf(Surroundings around) =>
        [$"{FolderOf(around)}/known_hosts", $"{FolderOf(around)}/known_hosts2", "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];

    private static bool IsAddress(string name) => IPAddress.TryParse(name.StartsWith('[') ? name[1..Math.Max(1, name.LastIndexOf(']'))] : name, out _);
}
