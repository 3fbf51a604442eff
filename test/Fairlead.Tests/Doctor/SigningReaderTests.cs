using Fairlead.Doctor;

namespace Fairlead.Tests.Doctor;

/// <summary>With real git, and keys made by ssh-keygen.</summary>
public sealed class SigningReaderTests : IDisposable
{
    private readonly TempFolder home = new();

    public SigningReaderTests()
    {
        Run("git", "init", "-q", home.Path);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "al@laptop", "-f", home["id"]);
    }

    [Fact]
    public void A_public_key_is_known_by_its_fingerprint()
    {
        string listed = ProgramSearch.Ask("ssh-keygen", "-l", "-f", home["id.pub"])!.Split(' ')[1];
        File.Delete(home["id"]);
        Configure("ssh", "~/id.pub");

        Assert.Equal(new SigningFacts("~/id.pub", listed, IsOnDisk: false), SigningReader.Read(home.Path, home.Path));
    }

    [Theory]
    [InlineData("~/id")]
    [InlineData("~/id.pub")]
    public void A_private_key_that_is_here_needs_no_agent(string named)
    {
        Configure("ssh", named);

        Assert.True(SigningReader.Read(home.Path, home.Path)!.IsOnDisk);
    }

    [Theory]
    [InlineData("key::")]
    [InlineData("")]
    public void A_key_may_be_written_in_the_configuration_itself(string prefix)
    {
        string key = File.ReadAllText(home["id.pub"]).Trim();
        Configure("ssh", prefix + key);

        SigningFacts found = SigningReader.Read(home.Path, home.Path)!;

        Assert.Equal(("the ssh-ed25519 key of user.signingkey", SigningReader.Fingerprint(key)), (found.Key, found.Fingerprint));
    }

    [Fact]
    public void A_key_that_is_not_there_has_no_fingerprint()
    {
        Configure("ssh", "~/other.pub");

        Assert.Equal(new SigningFacts("~/other.pub", null, IsOnDisk: false), SigningReader.Read(home.Path, home.Path));
    }

    [Fact]
    public void Who_signs_with_gpg_needs_no_ssh_key()
    {
        Configure("openpgp", "~/id.pub");

        Assert.Null(SigningReader.Read(home.Path, home.Path));
    }

    public void Dispose() => home.Dispose();

    private void Configure(string format, string key)
    {
        Run("git", "-C", home.Path, "config", "gpg.format", format);
        Run("git", "-C", home.Path, "config", "user.signingkey", key);
    }

    private static void Run(string program, params string[] arguments) => Assert.NotNull(ProgramSearch.Ask(program, arguments));
}
