namespace Fairlead.EndToEnd.Staging;

/// <summary>A key pair in two files, made by ssh-keygen.</summary>
internal sealed record SshKey(string Path, string Name)
{
    public string PublicPath => Path + ".pub";

    public string Public => File.ReadAllText(PublicPath).Trim();

    public static async Task<SshKey> Create(string path, string name, params string[] kind)
    {
        string[] wanted = kind is [] ? ["-t", "ed25519"] : kind;
        (await Invocation.Of(["ssh-keygen", "-q", .. wanted, "-N", "", "-C", name, "-f", path]).Run()).Succeeded();
        return new(path, name);
    }
}
