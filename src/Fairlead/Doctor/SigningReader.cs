using Fairlead.Core.Agents;
using Fairlead.Files;
using Fairlead.Protocol;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Asks git which ssh key it signs with.</summary>
internal static class SigningReader
{
    private const string Literal = "key::";

    /// <summary>Null where it signs with none. In a repository, its own configuration counts as well.</summary>
    /// <param name="folder">Where git is asked.</param>
    public static SigningFacts? Read(string home, string folder)
    {
        string? Setting(string name) => ProgramSearch.Ask("git", "-C", folder, "config", "--get", name);
        if (Setting("gpg.format") != "ssh" || Setting("user.signingkey") is not { } key)
        {
            return null;
        }

        if (key.StartsWith(Literal, StringComparison.Ordinal) || key.StartsWith("ssh-", StringComparison.Ordinal))
        {
            string line = key.StartsWith(Literal, StringComparison.Ordinal) ? key[Literal.Length..] : key;
            return new SigningFacts($"the {line.Split(' ')[0]} key of user.signingkey", Fingerprint(line), IsOnDisk: false);
        }

        string path = TypedPath.Expand(key, home);
        string stem = path.EndsWith(".pub", StringComparison.Ordinal) ? path[..^".pub".Length] : path;
        return new SigningFacts(
            TypedPath.Of(path, home),
            Fingerprint(TextFile.Read(path) ?? "") ?? Fingerprint(TextFile.Read(stem + ".pub") ?? ""),
            IsPrivateKey(TextFile.Read(stem)));
    }

    /// <summary>Of a line "TYPE BASE64 COMMENT"; null for anything else.</summary>
    public static string? Fingerprint(string line) => PublicKeyLine.BlobIn(line) is { } blob ? KeyFingerprint.Of(blob) : null;

    private static bool IsPrivateKey(string? text) =>
        text is not null && text.StartsWith("-----BEGIN ", StringComparison.Ordinal) && text.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
}
