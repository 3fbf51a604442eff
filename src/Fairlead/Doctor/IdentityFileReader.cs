using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Doctor;

/// <summary>
/// Finds where ssh offers no key of any agent: with IdentitiesOnly it offers only those whose public half is the configured file, or that file with
/// ".pub" at its end. Measured with OpenSSH 9.2; the private key need not be there.
/// </summary>
/// <remarks>
/// Blocks are not matched against hosts. To each block belongs what it says itself, and what the blocks for all hosts say. What only ssh can tell (%h, the
/// files of a certificate or a token) counts as there.
/// </remarks>
internal sealed class IdentityFileReader(string home)
{
    /// <summary>What ssh looks for where no IdentityFile is set (ssh_config(5)).</summary>
    private static readonly string[] Usual =
        [.. new[] { "rsa", "ecdsa", "ecdsa_sk", "ed25519", "ed25519_sk", "xmss", "dsa" }.Select(type => $"~/.ssh/id_{type}")];

    /// <summary>Other sources of keys, which count without a file.</summary>
    private static readonly string[] OtherSources = ["CertificateFile", "PKCS11Provider"];

    /// <param name="settings">The person's first, then the system's: the first value of a setting counts.</param>
    public IReadOnlyList<MissingIdentity> Find(IReadOnlyList<SshDirective> settings)
    {
        SshDirective[] forAll = [.. settings.Where(setting => setting.IsForAll)];
        return
        [
            .. settings.Where(setting => !setting.IsForAll).GroupBy(setting => setting.Block)
                .Where(block => block.Any(setting => setting.Is("IdentitiesOnly") || setting.Is("IdentityFile")))
                .Select(block => Judge([.. block], forAll))
                .Append(Judge(forAll, []))
                .OfType<MissingIdentity>(),
        ];
    }

    /// <summary>Whether ssh finds a public key for a name as its settings and its <c>-i</c> write it.</summary>
    public bool IsThere(string written)
    {
        string path = TypedPath.Expand(written.Replace("%d", home, StringComparison.Ordinal), home);
        return !path.Equals("none", StringComparison.OrdinalIgnoreCase)
            && (!path.StartsWith('/') || path.Contains('%') || path.Contains('$') || File.Exists(path) || File.Exists($"{path}.pub"));
    }

    private MissingIdentity? Judge(SshDirective[] block, SshDirective[] beside)
    {
        SshDirective[] all = [.. block, .. beside];
        SshDirective? only = all.FirstOrDefault(setting => setting.Is("IdentitiesOnly"));
        SshDirective[] files = [.. all.Where(setting => setting.Is("IdentityFile"))];
        bool isShort = only is not null && only.Says("yes")
            && !all.Any(setting => OtherSources.Any(setting.Is))
            && !(files.Length > 0 ? files.Select(file => file.Value) : Usual).Any(IsThere);
        return !isShort ? null
            : block.FirstOrDefault(setting => setting.Is("IdentityFile") && !setting.Says("none")) is { } named ? new MissingIdentity(named, named.Value)
            : block.Contains(only) ? new MissingIdentity(only!, null)
            : null;
    }
}

/// <summary>A place in ssh's configuration that keeps all keys of agents back.</summary>
/// <param name="File">The key file that is missing, as it is written; null where none is named.</param>
internal sealed record MissingIdentity(SshDirective Directive, string? File);
